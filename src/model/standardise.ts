/** Columns of mean 0 and standard deviation 1, as scikit-learn's StandardScaler: measured on the rows to train on, applied to all. */

export interface Scaling {
  readonly mean: Float64Array;
  /** 1 for a column that does not vary. */
  readonly scale: Float64Array;
}

/** The mean and the population's standard deviation of each column of a row-major matrix. */
export function scalingOf(rows: Float64Array, columns: number): Scaling {
  const count = rows.length / columns;
  const sums = new Float64Array(columns);
  rows.forEach((value, at) => {
    sums[at % columns] = (sums[at % columns] ?? 0) + value;
  });
  const mean = sums.map((sum) => sum / count);
  const squares = new Float64Array(columns);
  rows.forEach((value, at) => {
    const column = at % columns;
    const apart = value - (mean[column] ?? 0);
    squares[column] = (squares[column] ?? 0) + apart * apart;
  });
  const scale = squares.map((square, column) => {
    const deviation = Math.sqrt(square / count);
    // What is left of a constant column is rounding.
    return deviation > 1e-12 * Math.abs(mean[column] ?? 0) ? deviation : 1;
  });
  return { mean, scale };
}

/** (value - mean) / scale, column by column. */
export function scaled(rows: Float64Array, { mean, scale }: Scaling): Float64Array {
  const columns = mean.length;
  return rows.map((value, at) => (value - (mean[at % columns] ?? 0)) / (scale[at % columns] ?? 1));
}

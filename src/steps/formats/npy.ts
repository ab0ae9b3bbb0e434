/** Arrays of NumPy: .npy files, and the members of .npz archives. */
import type { NdArray } from '../../shared/artifact.js';
import { npyHeader } from '../../shared/npy-header.js';
import { type Content, type FileArray, mostBytes, type ReadFormat } from './content.js';
import { FormatFault } from './format-fault.js';
import { isNumberType, type NumberTypeName, numberTypes, readNumbers } from './number-types.js';
import { openZip } from './zip.js';

const numbersOnly = 'save numbers: np.asarray(values, dtype=float)';

/** What types of NumPy's are refused for, by their letter. */
const refused: Readonly<Record<string, readonly [string, string]>> = {
  O: ['holds Python objects (a pickle), which can run code when they are read, and are never read here', numbersOnly],
  c: ['holds complex numbers', 'save their .real and .imag as two arrays'],
  V: ['holds records of raw bytes', numbersOnly],
  M: ['holds dates', numbersOnly],
  m: ['holds spans of time', numbersOnly],
};

/** One array, which is called as its file. */
export const readNpy: ReadFormat = (bytes, file): Content => {
  const name = file.slice(file.lastIndexOf('/') + 1).replace(/\.npy$/i, '');
  return { arrays: new Map([[name, npyArray(bytes)]]), isTable: false };
};

/** An archive of arrays, as np.savez and np.savez_compressed write it. */
export const readNpz: ReadFormat = (bytes): Content => {
  const members = openZip(bytes);
  if (members.length === 0) throw new FormatFault('is an empty archive', 'save arrays: np.savez(path, loss=loss)');
  const total = members.reduce((sum, { size }) => sum + size, 0);
  if (total > mostBytes) {
    const message = `would unpack to ${total} bytes, more than ${mostBytes}`;
    throw new FormatFault(message, 'save only what the report shows');
  }
  const arrays = members.map(({ name: member, bytes: unpack }): [string, FileArray | FormatFault] => {
    const name = member.replace(/\.npy$/, '');
    const open = (): FileArray => within(name, () => npyArray(unpack()));
    try {
      // Unpacked again when its numbers are asked for: not all of them need be in memory at once.
      const { shape, texts } = open();
      return [name, { shape, numbers: () => within(name, open().numbers), ...(texts !== undefined && { texts }) }];
    } catch (error) {
      if (error instanceof FormatFault) return [name, error];
      throw error;
    }
  });
  return { arrays: new Map(arrays), isTable: false };
};

/** What is wrong with a member says its name. */
function within<Value>(name: string, act: () => Value): Value {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof FormatFault)) throw error;
    throw new FormatFault(`has an array "${name}" that ${error.message}`, error.hint);
  }
}

function npyArray(bytes: Uint8Array): FileArray {
  const header = npyHeader(bytes);
  if (header === undefined) throw new FormatFault('is no .npy file', 'write it with np.save');
  const { descr, fortran, shape, start } = header;
  const body = bytes.subarray(start);
  const count = shape.reduce((product, length) => product * length, 1);
  const [, order = '', letter = '', size = ''] = /^([<>|=])?([A-Za-z])(\d*)/.exec(descr) ?? [];
  const [why, hint] = refused[descr.startsWith('[') ? 'V' : letter] ?? [];
  if (why !== undefined && hint !== undefined) throw new FormatFault(why, hint);
  const each = letter === 'U' ? 4 * Number(size) : letter === 'S' ? Number(size) : elementSize(`${letter}${size}`);
  if (each === undefined) {
    throw new FormatFault(`holds elements of the type "${descr}", which is not known here`, numbersOnly);
  }
  if (!Number.isSafeInteger(count) || body.length !== count * each) {
    const message = `says that it has ${count} elements of ${each} bytes (${shape.join(' x ')}), and has ${body.length} bytes`;
    throw new FormatFault(message, 'it was cut short or written by two at once: save it again');
  }
  if (letter === 'U' || letter === 'S') return ofTexts(shape, body, letter, each, order === '>');
  const type = `${letter}${size}` as NumberTypeName;
  return {
    shape,
    numbers: () => {
      const data = readNumbers(type, body, order === '>');
      return fortran ? rowMajor(shape, data) : data;
    },
  };
}

function elementSize(type: string): number | undefined {
  return isNumberType(type) ? numberTypes[type].bytes : undefined;
}

/** Texts can tell runs apart; there are no numbers in them. */
function ofTexts(
  shape: readonly number[],
  body: Uint8Array,
  letter: 'U' | 'S',
  each: number,
  bigEndian: boolean,
): FileArray {
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  const text = (index: number): string => {
    const unit = letter === 'U' ? 4 : 1;
    const codes = Array.from({ length: each / unit }, (_, at) =>
      unit === 4 ? view.getUint32(index * each + 4 * at, !bigEndian) : view.getUint8(index * each + at),
    );
    return codes
      .filter((code) => code > 0 && code <= 0x10ffff)
      .map((code) => String.fromCodePoint(code))
      .join('');
  };
  return {
    shape,
    numbers: () => {
      throw new FormatFault('holds texts', 'name it in "by", where texts tell runs apart, or leave it out');
    },
    texts: () => Array.from({ length: each === 0 ? 0 : body.length / each }, (_, index) => text(index)),
  };
}

/** The same array with its last index varying fastest. */
function rowMajor(shape: readonly number[], data: NdArray['data']): NdArray['data'] {
  if (shape.length < 2) return data;
  const result = data.slice();
  const position = shape.map(() => 0);
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, length) => product * length, 1));
  for (let flat = 0; flat < data.length; flat += 1) {
    const from = position.reduce((sum, index, axis) => sum + index * (strides[axis] ?? 0), 0);
    result[flat] = data[from] ?? Number.NaN;
    for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
      position[axis] = (position[axis] ?? 0) + 1;
      if ((position[axis] ?? 0) < (shape[axis] ?? 0)) break;
      position[axis] = 0;
    }
  }
  return result;
}

import { defineKind, networkOf, parametersAt, randomStream, z } from 'colophon/kinds';

const options = z
  .object({
    repeats: z.int().min(1).max(1000).default(20).describe('How often each feature is shuffled.'),
    seed: z.int().min(0).default(0).describe('Of the shuffles.'),
  })
  .describe('How much larger the error of a network is when one feature of its inputs is shuffled.');

export const permute = defineKind({
  name: 'permute',
  noun: 'Permutation importance',
  options,
  inputs: { model: 'train', data: { of: 'model', input: 'data' } },
  outputs: { baseline: 'number', increase: ['repeat', 'feature'] },
  sizes: ({ options, inputs }) => ({ repeat: options.repeats, feature: inputs.data.sizes.feature ?? 0 }),
  async run({ options, inputs: { model, data }, sizes, engine, progress }) {
    const { repeat = 0, feature = 0 } = sizes;
    const rows = Float64Array.from(data.arrays.inputs.data);
    const error = async (inputs: Float64Array) => {
      const outputs = await engine.predict(networkOf(model), parametersAt(model), inputs);
      return outputs.reduce((sum, y, row) => sum + (y - data.arrays.targets.data[row]) ** 2, 0) / outputs.length;
    };
    const random = randomStream(options.seed);
    const baseline = await error(rows);
    const increase = new Float64Array(repeat * feature);
    for (let at = 0; at < increase.length; at += 1) {
      const shuffled = rows.slice();
      for (let row = rows.length / feature - 1; row > 0; row -= 1) {
        const [a, b] = [row, Math.floor(random.uniform() * (row + 1))].map((one) => one * feature + (at % feature));
        [shuffled[a], shuffled[b]] = [shuffled[b], shuffled[a]];
      }
      increase[at] = (await error(shuffled)) - baseline;
      progress(at / increase.length);
    }
    return { baseline, increase };
  },
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ForwardPass } from '../../src/model/forward.js';
import { drawInitialParameters, initialParameters } from '../../src/model/initial-parameters.js';
import { type Network, parameterLayout } from '../../src/model/network.js';
import { NumpyRandom } from '../../src/model/numpy-random.js';
import { TorchRandom } from '../../src/model/torch-random.js';
import { notebookDraws, notebookStarts } from '../fixtures/numerics/notebook-draws.js';

const relu = (...hidden: number[]): Network => ({ inputs: 1, hidden, activation: 'relu' });

describe('the notebook from seed 0 of both streams', () => {
  const starts = notebookStarts();

  it.each(notebookDraws.runs.map((run, i) => [`${run.depth} hidden of ${run.width}`, i] as const))(
    '%s: parameters, first and 150,000th minibatch equal PyTorch bit for bit',
    (_, i) => {
      const run = notebookDraws.runs[i]!;
      const start = starts[i]!;
      expect([...start.parameters]).toEqual(run.parameters);
      const stream = TorchRandom.fromState(start.stream);
      expect([...stream.randperm(200, 40)]).toEqual(run.firstRandperm);
      stream.skip(149_998 * 199);
      expect([...stream.randperm(200, 40)]).toEqual(run.lastRandperm);
    },
  );

  it('the vectors of SCIENCE.md for width 10', () => {
    const { parameters, stream } = starts[0]!;
    expect([...parameters.slice(0, 3)]).toEqual([-0.007486820220947266, 0.5364435911178589, -0.8230451345443726]);
    expect([...parameters.slice(20, 23)]).toEqual([0.11485933512449265, 0.26259171962738037, -0.06507972627878189]);
    expect(parameters[30]).toBe(-0.12326556444168091);
    expect([...TorchRandom.fromState(stream).randperm(200, 10)]).toEqual([165, 132, 187, 157, 64, 92, 99, 51, 129, 43]);
  });
});

describe('initialParameters', () => {
  it("without elbows are PyTorch's layers in order, whatever the number of inputs", () => {
    const network: Network = { inputs: 3, hidden: [4, 5], activation: 'tanh' };
    const { parameters, torchStream, numpyStream } = initialParameters(network, 'none', 7);
    const torch = TorchRandom.fromSeed(7);
    const expected = [torch.linear(3, 4), torch.linear(4, 5), torch.linear(5, 1)];
    expect([...parameters]).toEqual(expected.flatMap(({ weight, bias }) => [...weight, ...bias]));
    expect(torchStream).toEqual(torch.state());
    expect(numpyStream).toEqual(NumpyRandom.fromSeed(7).state());
  });

  it('are float32 numbers, and both streams go on where the draws ended', () => {
    const { parameters, torchStream, numpyStream } = initialParameters(relu(10, 20), 'uniform', 3);
    expect([...parameters]).toEqual([...parameters].map(Math.fround));
    const torch = TorchRandom.fromSeed(3);
    torch.skip(20 + 220 + 21);
    expect(torchStream).toEqual(torch.state());
    const numpy = NumpyRandom.fromSeed(3);
    numpy.uniforms(30);
    expect(numpyStream).toEqual(numpy.state());
  });

  it('uniform elbows put a zero of every unit of every layer at sorted uniform draws, within 1e-6', () => {
    fc.assert(
      fc.property(
        fc.nat(1e6),
        fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 3 }),
        (seed, hidden) => {
          const network = relu(...hidden);
          const { parameters } = initialParameters(network, 'uniform', seed);
          const numpy = NumpyRandom.fromSeed(seed);
          hidden.forEach((width, layer) => {
            const elbows = numpy.uniforms(width).sort();
            const pass = new ForwardPass(network, width);
            pass.run(parameters, elbows, width);
            for (let unit = 0; unit < width; unit++) {
              expect(Math.abs(pass.before[layer]![unit * width + unit]!)).toBeLessThan(1e-6);
            }
          });
        },
      ),
      { numRuns: 50 },
    );
  });

  it("as published is uniform for one hidden layer, and only scales the second layer's biases for two", () => {
    expect(initialParameters(relu(9), 'as-published', 4)).toEqual(initialParameters(relu(9), 'uniform', 4));
    const network = relu(6, 5);
    const bias = parameterLayout(network).find(({ name }) => name === '2.bias')!;
    const published = initialParameters(network, 'as-published', 4).parameters;
    const drawn = initialParameters(network, 'none', 4).parameters;
    const numpy = NumpyRandom.fromSeed(4);
    numpy.uniforms(6);
    const elbows = numpy.uniforms(5).sort();
    elbows.forEach((elbow, j) => {
      expect(published[bias.offset + j]).toBe(Math.fround(-elbow * drawn[bias.offset + j]!));
    });
  });

  it('a list puts a zero of each unit where it says, within 1e-6 of the weight, and draws nothing for it', () => {
    const places = [0.9, -2, 0.25, 0.25, 1000];
    const network = relu(places.length);
    const { parameters, torchStream, numpyStream } = initialParameters(network, places, 7);
    const drawn = initialParameters(network, 'none', 7);
    expect({ torchStream, numpyStream }).toEqual({ torchStream: drawn.torchStream, numpyStream: drawn.numpyStream });
    const pass = new ForwardPass(network, places.length);
    pass.run(parameters, Float64Array.from(places), places.length);
    places.forEach((place, unit) => {
      const weight = parameters[unit]!;
      expect(weight).toBe(drawn.parameters[unit]);
      const zero = pass.before[0]![unit * places.length + unit]!;
      expect(Math.abs(zero)).toBeLessThanOrEqual(1e-6 * Math.abs(weight) * Math.max(1, Math.abs(place)));
    });
  });

  it('refuses elbows where there are none', () => {
    const streams = [TorchRandom.fromSeed(0), NumpyRandom.fromSeed(0)] as const;
    const plane: Network = { inputs: 2, hidden: [3], activation: 'relu' };
    expect(() => drawInitialParameters(plane, 'uniform', ...streams)).toThrow(RangeError);
    expect(() => drawInitialParameters(plane, 'as-published', ...streams)).toThrow(RangeError);
    expect(() => drawInitialParameters(relu(2, 2, 2), 'as-published', ...streams)).toThrow(RangeError);
    expect(() => drawInitialParameters(relu(2, 2), [0.1, 0.2], ...streams)).toThrow(RangeError);
    expect(() => drawInitialParameters(relu(3), [0.1, 0.2], ...streams)).toThrow(RangeError);
    expect(drawInitialParameters(plane, 'none', ...streams)).toHaveLength(13);
  });
});

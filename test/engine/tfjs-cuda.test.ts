import { describe, expect, it } from 'vitest';
import { readProbe } from '../../src/engine/tfjs/cuda.js';
import { openTfjs } from '../../src/engine/tfjs/open.js';
import { openEngine } from '../../src/engine/open-engine.js';

describe('what keeps TensorFlow from a CUDA device, by name', () => {
  const ended = (status: number | null, stderr: string, stdout = ''): Parameters<typeof readProbe>[0] => ({
    status,
    stderr,
    stdout,
  });
  const onProcessor = '{"version":"2.9.1","gpu":false}';

  it('the libraries that TensorFlow 2.9 did not find', () => {
    const log = [
      "2026-11-25 07:00:00.000000: W tensorflow/stream_executor/platform/default/dso_loader.cc:64] Could not load dynamic library 'libcudart.so.11.0'; dlerror: libcudart.so.11.0: cannot open shared object file: No such file or directory",
      "2026-11-25 07:00:00.000001: W tensorflow/stream_executor/platform/default/dso_loader.cc:64] Could not load dynamic library 'libcudnn.so.8'; dlerror: libcudnn.so.8: cannot open shared object file: No such file or directory",
    ];
    expect(readProbe(ended(0, log.join('\n'), onProcessor))).toEqual({
      missing: ['libcudart.so.11.0', 'libcudnn.so.8'],
    });
  });

  it('the driver that newer ones did not find', () => {
    const log =
      'external/local_xla/xla/tsl/cuda/cudart_stub.cc:32] Could not find cuda drivers on your machine, GPU will not be used.';
    expect(readProbe(ended(0, log, onProcessor))).toEqual({
      missing: ['Could not find cuda drivers on your machine, GPU will not be used'],
    });
  });

  it('a device that is not seen, whatever was logged', () => {
    expect(readProbe(ended(0, '', onProcessor))).toEqual({ missing: ['a CUDA device: TensorFlow 2.9.1 sees none'] });
    expect(readProbe(ended(0, '', '{"version":"2.21.0","gpu":true}'))).toEqual({ version: '2.21.0' });
  });

  it('an addon that does not load, or a process that dies', () => {
    const log =
      '/x/index.js:49\n    throw new Error()\n    ^\n\nError: The Node.js native addon module (tfjs_binding.node) can not be found\n    at Object.<anonymous>';
    expect(readProbe(ended(1, log))).toEqual({
      missing: [
        'its native library does not load: The Node.js native addon module (tfjs_binding.node) can not be found',
      ],
    });
    expect(readProbe(ended(null, ''))).toEqual({
      missing: ['its native library does not load: the process ended with a signal'],
    });
  });
});

it('on this machine: a CUDA device that is really there, or the WebAssembly backend and what is missing', async () => {
  const opened = await openTfjs(openEngine('wasm'));
  expect(opened).toBeDefined();
  const { engine, missing } = opened!;
  if (missing.length === 0) expect(engine.profile).toBe('tfjs-cuda-f32/1');
  else expect([engine.profile, engine.device]).toEqual(['tfjs-wasm-f32/1', 'CPU']);
  const network = { inputs: 1, hidden: [2], activation: 'relu' } as const;
  const outputs = await engine.predict(network, Float64Array.of(1, -1, 0, 0.5, 2, 3, 1), Float64Array.of(1, -2));
  expect([...outputs]).toEqual([3, 8.5]);
});

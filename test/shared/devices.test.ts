/** What the guide tells of devices and profiles is what the program has. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { deviceNames, engineDevices } from '../../src/shared/device-names.js';
import { isOnGpu, profiles } from '../../src/shared/profiles.js';

const guide = readFileSync(join(import.meta.dirname, '../../report/guide/devices.md'), 'utf8');
const rows = guide.split('\n').filter((line) => line.startsWith('| `') && !line.startsWith('| `--device`'));
const named = (column: number): string[] =>
  rows.flatMap((row) => [...(row.split('|')[column] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));

it('every device has a row, and every profile of today stands in one', () => {
  expect(named(1).sort()).toEqual([...deviceNames].sort());
  expect(named(3).sort()).toEqual([...profiles].sort());
});

it('what is no name for others is an engine', () => {
  expect(engineDevices).toEqual(['wasm', 'webgpu', 'tfjs', 'reference']);
});

it('results of a GPU are told from others by their profile, whatever its version', () => {
  expect(profiles.filter(isOnGpu)).toEqual(['webgpu-f32/3', 'tfjs-cuda-f32/1']);
  expect(isOnGpu('webgpu-f32/1')).toBe(true);
  for (const other of ['webgpu-software-f32/1', 'svg', '', 'constructor/1']) expect(isOnGpu(other), other).toBe(false);
});

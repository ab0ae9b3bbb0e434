/** A person's own settings of clusters. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readClusterSettings, resourcesOf, settingsPath, WrongSettings } from '../../src/cluster/settings.js';
import { reportFolder } from '../report-folder.js';

const read = (text: string): ReturnType<typeof readClusterSettings> =>
  readClusterSettings(join(reportFolder({ 'settings.yaml': text }), 'settings.yaml'), ['train', 'svd']);

function faults(text: string): string {
  try {
    read(text);
  } catch (error) {
    if (error instanceof WrongSettings) return error.message;
    throw error;
  }
  return 'none';
}

it('lies where the XDG folders say', () => {
  expect(settingsPath({ XDG_CONFIG_HOME: '/x' }, '/home/me')).toBe(join('/x', 'colophon', 'settings.yaml'));
  expect(settingsPath({ XDG_CONFIG_HOME: 'x' }, '/home/me')).toBe(
    join('/home/me', '.config', 'colophon', 'settings.yaml'),
  );
});

it('is everything that is not said as it is without a file', () => {
  const none = readClusterSettings('/nowhere/settings.yaml', []);
  expect(read('cluster: {}')).toEqual(none);
  expect(read('')).toEqual(none);
});

it('gives kinds of steps what they need, and the others what all need', () => {
  const settings = read(
    'cluster:\n  partition: cpu\n  time: 60\n  memory: 2G\n  kinds: { train: { gpus: 1, partition: gpu } }\n',
  );
  expect(resourcesOf('train', settings)).toEqual({
    partition: 'gpu',
    time: 60,
    memory: '2G',
    cpus: 1,
    gpus: 1,
    account: undefined,
  });
  expect(resourcesOf('svd', settings)).toEqual({
    partition: 'cpu',
    time: 60,
    memory: '2G',
    cpus: 1,
    gpus: 0,
    account: undefined,
  });
});

it.each([
  [
    'cluster:\n  patition: gpu\n',
    /settings\.yaml:2:3 {2}unknown-option {2}"patition" is not a setting of cluster; did you mean "partition"/,
  ],
  ['cluster:\n  time: soon\n', /settings\.yaml:2:9 {2}invalid-option {2}"cluster\.time" must be minutes, or a time/],
  [
    'cluster:\n  kinds:\n    trian: { gpus: 1 }\n',
    /:3:5 {2}unknown-kind {2}"trian" is no kind of step; did you mean "train"/,
  ],
  ['cluster:\n  kinds:\n    train: { gpus: many }\n', /:3:20 {2}invalid-option {2}.*gpus" must be a whole number/],
  ['cluster:\n  header: ["#SBATCH --x\\nrm"]\n', /must be a list of lines/],
  ['clustre: {}\n', /:1:1 {2}unknown-option.*did you mean "cluster"/],
  ['cluster: [\n', /yaml-syntax/],
])('says where it is wrong: %j', (text, message) => {
  expect(faults(text)).toMatch(message);
});

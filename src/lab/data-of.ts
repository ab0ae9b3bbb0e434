/** The samples of a dataset in a page: made as a build makes them, or those that the page carries. */
import type { Artifact } from '../shared/artifact.js';
import { datasetArtifact } from '../steps/dataset/artifact.js';
import { drawnSamples } from '../steps/dataset/drawn.js';
import type { DatasetOptions } from '../steps/dataset/options.js';
import { treated } from '../steps/dataset/treated.js';
import { artifactOf, type Carried } from './carried.js';

/** `read` is what a build has read of files. Throws where they are needed and the page has none. */
export function dataOf(options: DatasetOptions, read: Carried | undefined): Artifact {
  if (options.source === 'function' || options.source === 'sampled') {
    const samples = treated(options, drawnSamples(options));
    if (!('train' in samples)) throw new Error(samples[0]?.message ?? 'these data cannot be made');
    return datasetArtifact(samples);
  }
  if (read === undefined) throw new Error('the page has no samples of these data');
  return artifactOf(read);
}

/** Which way leads to TensorFlow.js on CUDA on a machine, from what was found on it. */
import { nativePackage, nativeVersion } from '../../engine/tfjs/native.js';
import type { Found, InstalledTensorFlow } from './found.js';

/** What is not there, and what a person does about it. */
export interface Missing {
  readonly what: string;
  readonly advice: string;
}

export type Way =
  /** It computes already. */
  | { readonly kind: 'there'; readonly device: string }
  /** Build the package's addon against this TensorFlow. */
  | { readonly kind: 'build'; readonly tensorflow: InstalledTensorFlow }
  /** Install the package with its own TensorFlow 2.9.1. */
  | { readonly kind: 'install' }
  | { readonly kind: 'missing'; readonly missing: readonly Missing[] };

/** The first compute capability that the kernels of TensorFlow 2.9.1 were not compiled for: Ada's and Hopper's. */
const tooNew = 8.9;

const pip = 'pip install "tensorflow[and-cuda]"';

/** The way, or all that is missing for one, so that nothing is found missing after the next thing is mended. */
export function chooseWay(found: Found): Way {
  const { machine, card, tensorflow, isNamed, missingCuda11, missingTools, installed } = found;
  if (machine !== 'linux-x64') {
    const what = `TensorFlow's library for CUDA is one for Linux on x64, and this machine is ${machine}`;
    return nothingWithout({ what, advice: 'use "--device webgpu", which needs only the card\'s own driver' });
  }
  if (!isNamed && installed !== undefined && 'device' in installed) return { kind: 'there', device: installed.device };
  const missing: Missing[] = [];
  if (card === undefined && !isNamed) {
    missing.push({
      what: "no card of NVIDIA's: nvidia-smi is not there or lists none",
      advice:
        'install NVIDIA\'s driver, or start the container with "--gpus all"; to prepare an image where there is no card, name its TensorFlow with --python',
    });
  }
  if (missingTools.includes('npm')) missing.push({ what: 'npm', advice: 'install npm, which comes with Node' });
  const isWhole = tensorflow !== undefined && lackOf(found) === undefined;
  // A compiler's absence is no matter where the package's own library will do.
  if (!isWhole && !isNamed && missingCuda11.length === 0 && !(card !== undefined && card.capability >= tooNew))
    return missing.length > 0 ? nothingWithout(...missing) : { kind: 'install' };
  const lack = lackOf(found);
  if (lack !== undefined) missing.push(lack);
  const tools = missingTools.filter((tool) => tool !== 'npm');
  if (tools.length > 0) {
    const names = tools.join(' and ');
    missing.push({
      what: `${names}, with which the addon is built`,
      advice: `install ${names} (apt-get install g++ make)`,
    });
  }
  return missing.length > 0 || tensorflow === undefined ? nothingWithout(...missing) : { kind: 'build', tensorflow };
}

function nothingWithout(...missing: readonly Missing[]): Way {
  return { kind: 'missing', missing };
}

/** What keeps an addon from being built against the TensorFlow that was found. */
function lackOf({ tensorflow, noTensorFlow, isNamed }: Found): Missing | undefined {
  if (tensorflow === undefined) {
    return {
      what: noTensorFlow ?? 'TensorFlow',
      advice: `${pip}, and name that Python with --python if it is another`,
    };
  }
  const { folder, version, cuda, lacks, missingLibraries } = tensorflow;
  const name = `TensorFlow ${version === '' ? '' : `${version} `}in ${folder}`;
  if (lacks.length > 0)
    return { what: `${name} has no ${lacks.join(', ')}`, advice: `2.15 or newer is needed: ${pip}` };
  // What an image is made with may be where the card is.
  if (isNamed) return undefined;
  if (cuda === undefined) return { what: `${name} is one for processors`, advice: pip };
  if (missingLibraries.length > 0) {
    const of = version === '' ? pip : `pip install "tensorflow[and-cuda]==${version}"`;
    return { what: `${missingLibraries.join(' and ')}, which ${name} loads`, advice: of };
  }
  return undefined;
}

/** What a way does and what it downloads, in words. */
export function wayInWords(way: Extract<Way, { kind: 'build' | 'install' }>): readonly string[] {
  const from = `${nativePackage} ${nativeVersion}`;
  switch (way.kind) {
    case 'build':
      return [
        `download ${from} from npm's registry with what it needs (about 300 MB on disk once built), without the library that it would fetch`,
        `build its addon against the TensorFlow in ${way.tensorflow.folder} (Node's headers are downloaded where they are not installed)`,
      ];
    case 'install':
      return [
        `download ${from} from npm's registry, and from its makers' server TensorFlow 2.9.1 for CUDA 11 (several hundred megabytes)`,
      ];
  }
}

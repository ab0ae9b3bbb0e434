/**
 * Run as a process of its own: whether TensorFlow's native library loads, and whether it sees a CUDA device. A library that
 * crashes takes only this process with it, and what it writes to its error stream can be read. It may be told the folder that the
 * package is installed in.
 */
import { loadNative, type NativeBackend } from './native.js';

const { isUsingGpuDevice, binding } = loadNative(process.argv[2]).backend() as NativeBackend;
process.stdout.write(JSON.stringify({ version: binding?.TF_Version ?? '', gpu: isUsingGpuDevice === true }));

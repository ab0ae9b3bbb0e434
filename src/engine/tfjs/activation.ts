/** The activations and their derivatives over tensors, as model/activation.ts defines them. */
import type { Tensor3D } from '@tensorflow/tfjs-core';
import { entryOf } from '../../shared/entry-of.js';
import type { Activation } from '../../model/network.js';
import type { TensorFlow } from './tensorflow.js';

interface Definition {
  value(tf: TensorFlow, x: Tensor3D): Tensor3D;
  /** The derivative at `before`, where the activation is `after`; relu's at 0 is 0. */
  slope(tf: TensorFlow, before: Tensor3D, after: Tensor3D): Tensor3D;
}

const leakySlope = 0.01;
const rootHalf = Math.SQRT1_2;
/** 1 / sqrt(2 pi) */
const gaussPeak = 0.3989422804014327;

/** 2 / sqrt(pi) */
const erfSlope = 1.1283791670955126;

const normalDistribution = (tf: TensorFlow, x: Tensor3D): Tensor3D =>
  tf.mul(tf.add(tf.erf(tf.mul(x, rootHalf)), 1), 0.5);

const definitions: Readonly<Record<Activation, Definition>> = {
  relu: { value: (tf, x) => tf.relu(x), slope: (tf, before) => tf.step(before) },
  'leaky-relu': {
    value: (tf, x) => tf.leakyRelu(x, leakySlope),
    slope: (tf, before) => tf.step(before, leakySlope),
  },
  tanh: { value: (tf, x) => tf.tanh(x), slope: (tf, _before, after) => tf.sub(1, tf.square(after)) },
  gelu: {
    value: (tf, x) => tf.mul(x, normalDistribution(tf, x)),
    slope: (tf, before) => {
      const density: Tensor3D = tf.mul(tf.exp(tf.mul(tf.square(before), -0.5)), gaussPeak);
      return tf.add(normalDistribution(tf, before), tf.mul(before, density));
    },
  },
  softplus: { value: (tf, x) => tf.softplus(x), slope: (tf, before) => tf.sigmoid(before) },
  identity: { value: (_tf, x) => x, slope: (tf, before) => tf.onesLike(before) },
  sigmoid: {
    value: (tf, x) => tf.sigmoid(x),
    slope: (tf, _before, after) => tf.mul(after, tf.sub(1, after)),
  },
  silu: {
    value: (tf, x) => tf.mul(x, tf.sigmoid(x)),
    slope: (tf, before, after) => {
      const logistic: Tensor3D = tf.sigmoid(before);
      return tf.add(logistic, tf.mul(after, tf.sub(1, logistic)));
    },
  },
  erf: {
    value: (tf, x) => tf.erf(x),
    slope: (tf, before) => tf.mul(tf.exp(tf.neg(tf.square(before))), erfSlope),
  },
  sine: { value: (tf, x) => tf.sin(x), slope: (tf, before) => tf.cos(before) },
};

const definitionOf = (activation: Activation): Definition => entryOf(definitions, activation, 'activation');

/** The activation of every number. */
export function activate(tf: TensorFlow, activation: Activation, x: Tensor3D): Tensor3D {
  return definitionOf(activation).value(tf, x);
}

/** The derivatives at `before`, where the activations are `after`. */
export function slope(tf: TensorFlow, activation: Activation, before: Tensor3D, after: Tensor3D): Tensor3D {
  return definitionOf(activation).slope(tf, before, after);
}

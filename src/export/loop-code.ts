/** The steps of a training in Python: what is made smaller, how, on which minibatches, and what is measured. */
import { gradientFactors } from '../model/parametrization.js';
import type { Rate } from '../model/schedule.js';
import type { OptimizerOptions } from '../steps/optimizers.js';
import { parametrizedBy } from '../steps/train/start.js';
import { indented, pythonNumber, pythonText, pythonValue } from './python.js';
import { byParameter } from './start-code.js';
import type { TrainingToExport } from './training-to-export.js';

type Updates = Exclude<OptimizerOptions, { kind: 'ridge' }>;

/** `loss_of(outputs, targets)` and `as_tensors(x, y)`. */
export function lossCode(training: TrainingToExport): readonly string[] {
  const { loss = 'mse' } = training.options;
  const { classes } = training;
  const targets: Readonly<Record<typeof loss, string>> = {
    mse:
      classes === undefined
        ? 'torch.from_numpy(y).float()[:, None]'
        : `nn.functional.one_hot(torch.from_numpy(y).long(), ${classes}).float()`,
    'cross-entropy': 'torch.from_numpy(y).long()',
    logistic: 'torch.from_numpy(y).float()[:, None]',
  };
  const names: Readonly<Record<typeof loss, string>> = {
    mse: 'nn.MSELoss()',
    'cross-entropy': 'nn.CrossEntropyLoss()',
    logistic: 'nn.BCEWithLogitsLoss()',
  };
  return [
    `loss_of = ${names[loss]}`,
    ...['', ''],
    'def as_tensors(x, y):',
    ...indented([
      'if x is None:',
      '    return None',
      `return torch.from_numpy(np.ascontiguousarray(x)).float(), ${targets[loss]}`,
    ]),
  ];
}

/** `rate(taken)`: the rate of the step that comes after so many. */
export function rateCode(rate: Rate): readonly string[] {
  if (typeof rate === 'number') return ['def rate(taken):', `    return ${pythonNumber(rate)}`];
  const number = pythonNumber;
  const body = (): string[] => {
    switch (rate.schedule) {
      case 'warm-up':
        return [
          `share = min(taken / ${rate.steps}, 1)`,
          `return ${number(rate.from)} + (${number(rate.to)} - ${number(rate.from)}) * share`,
        ];
      case 'piecewise':
        return [`return ${pythonValue(rate.rates)}[sum(step <= taken for step in ${pythonValue(rate.at)})]`];
      case 'exponential':
        return [`return ${number(rate.from)} * ${number(rate.factor)} ** (taken / ${rate.every})`];
      case 'cosine':
        return [
          `wave = (1 + np.cos(np.pi * (taken % ${2 * rate.period}) / ${rate.period})) / 2`,
          `return ${number(rate.to)} + (${number(rate.from)} - ${number(rate.to)}) * wave`,
        ];
    }
  };
  return ['def rate(taken):', ...indented(body())];
}

function optimizerCall(optimizer: Updates, factor: number, parameters: string): string {
  const named = (values: Readonly<Record<string, string>>): string =>
    Object.entries({ lr: 'rate(0)', ...values })
      .map(([name, value]) => `${name}=${value}`)
      .join(', ');
  const number = pythonNumber;
  const decay = number(factor * optimizer['weight-decay']);
  switch (optimizer.kind) {
    case 'sgd': {
      const nesterov = optimizer.nesterov === true ? { nesterov: 'True' } : {};
      const momentum = number(optimizer.momentum);
      return `torch.optim.SGD(${parameters}, ${named({ momentum, ...nesterov, weight_decay: decay })})`;
    }
    case 'adam':
    case 'adamw': {
      const betas = `(${optimizer.betas.map(number).join(', ')})`;
      const name = optimizer.kind === 'adam' ? 'Adam' : 'AdamW';
      return `torch.optim.${name}(${parameters}, ${named({ betas, eps: number(optimizer.epsilon), weight_decay: decay })})`;
    }
    case 'rmsprop': {
      const { alpha, epsilon, momentum, centered } = optimizer;
      const values = { alpha: number(alpha), eps: number(epsilon), momentum: number(momentum) };
      return `torch.optim.RMSprop(${parameters}, ${named({ ...values, centered: pythonValue(centered), weight_decay: decay })})`;
    }
  }
}

function batchLine({ options }: TrainingToExport): string {
  const { batch } = options;
  if (batch === 'full') return 'batch = slice(None)';
  return batch['with-replacement']
    ? `batch = torch.from_numpy(rng.choice(len(inputs), ${batch.size}))`
    : `batch = torch.randperm(len(inputs))[:${batch.size}]`;
}

const readData = ['x, y, test_x, test_y = dataset()', 'net, rng = start()'];

/** Shifts the targets by what the network says at the start, so that the difference from it is what is trained. */
function centredLines(isCentred: boolean): readonly string[] {
  if (!isCentred) return [];
  return [
    '# Centred: the output less that at the start nears the targets where the output nears the sum of both.',
    'with torch.no_grad():',
    ...indented([
      'targets = targets + net(inputs)',
      'if test is not None:',
      '    test = test[0], test[1] + net(test[0])',
    ]),
  ];
}

const errorsOf = [
  'def errors():',
  ...indented([
    'with torch.no_grad():',
    ...indented([
      'test_error = nan if test is None else loss_of(net(test[0]), test[1]).item()',
      'return loss_of(net(inputs), targets).item(), test_error',
    ]),
  ]),
];

/** `train(steps)`, which gives the network and at each checkpoint the errors: of the minibatch before the update, and of all samples after it. */
export function loopCode(training: TrainingToExport): readonly string[] {
  const { options, network } = training;
  const { optimizer, parameters } = options;
  if (optimizer.kind === 'ridge') return solvedCode(optimizer.penalty);
  const scaling = parametrizedBy(options, network);
  const factors = scaling === undefined ? [] : byParameter(network, gradientFactors(scaling));
  const moved = parameters === 'all' ? 'net.parameters()' : 'net[-1].parameters()';
  return [
    ...rateCode(optimizer.rate),
    ...['', ''],
    'def is_checkpoint(step, steps):',
    '    return step % EVERY == 0 or step in ALSO or step == steps',
    ...['', ''],
    'def train(steps=STEPS):',
    ...indented([
      ...readData,
      'inputs, targets = as_tensors(x, y)',
      'test = as_tensors(test_x, test_y)',
      ...centredLines(options.centered === true),
      `optimizer = ${optimizerCall(optimizer, scaling?.rate ?? 1, moved)}`,
      ...(factors.length === 0
        ? []
        : [
            '# What each gradient is multiplied by, so that a step on it is one of the parameters of this training.',
            'factors = {',
            ...indented(factors.map(([name, factor]) => `${pythonText(name)}: ${pythonNumber(factor)},`)),
            '}',
          ]),
      '',
      ...errorsOf,
      '',
      'history = {0: (nan, *errors())}',
      'for step in range(1, steps + 1):',
      ...indented([
        batchLine(training),
        'loss = loss_of(net(inputs[batch]), targets[batch])',
        'optimizer.zero_grad()',
        'loss.backward()',
        ...(factors.length === 0
          ? []
          : [
              'for name, parameter in net.named_parameters():',
              '    if parameter.grad is not None:',
              '        parameter.grad *= factors[name]',
            ]),
        ...(typeof optimizer.rate === 'number'
          ? []
          : ['for group in optimizer.param_groups:', '    group["lr"] = rate(step - 1)']),
        'optimizer.step()',
        'if is_checkpoint(step, steps):',
        '    history[step] = (loss.item(), *errors())',
      ]),
      'return net, history',
    ]),
  ];
}

/** The output layer solved at once, in float64. */
function solvedCode(penalty: number): readonly string[] {
  return [
    'def train(steps=1):',
    ...indented([
      ...readData,
      'net.double()',
      'inputs, targets = (tensor.double() for tensor in as_tensors(x, y))',
      'test = as_tensors(test_x, test_y)',
      'test = None if test is None else tuple(tensor.double() for tensor in test)',
      '',
      ...errorsOf,
      '',
      'history = {0: (nan, *errors())}',
      '# The outputs of the last hidden layer, and 1 for the bias.',
      'with torch.no_grad():',
      ...indented([
        'a = torch.cat([net[:-1](inputs), torch.ones(len(inputs), 1, dtype=torch.float64)], dim=1).numpy()',
        'u, s, vt = np.linalg.svd(a, full_matrices=False)',
        ...(penalty === 0
          ? [
              '# Least squares of minimum norm: nothing is fitted along singular values that are 0 but for rounding.',
              'inverse = np.where(s > s[0] * max(a.shape) * np.finfo(float).eps, 1 / s, 0.0)',
            ]
          : [`inverse = s / (s * s + ${pythonNumber(penalty)})`]),
        'theta = torch.from_numpy(vt.T @ (inverse[:, None] * (u.T @ targets.numpy())))',
        'net[-1].weight.copy_(theta[:-1].T)',
        'net[-1].bias.copy_(theta[-1])',
      ]),
      'history[1] = (history[0][1], *errors())',
      'return net, history',
    ]),
  ];
}

/** The network of a training and where it starts, in Python: the same float32 numbers, from the same streams. */
import { gainOf, type Initial } from '../model/initial-distributions.js';
import { activationAfter, type Elbows } from '../model/initial-parameters.js';
import { type Activation, activationsOf, type Network, outputsOf, parameterLayout } from '../model/network.js';
import { parametrizedBy } from '../steps/train/start.js';
import { indented, pythonNumber, pythonText, pythonValue } from './python.js';
import type { TrainingToExport } from './training-to-export.js';

/** Each activation as a module of torch.nn; where there is none, a class of the program's. */
const modules: Readonly<Record<Activation, string>> = {
  relu: 'nn.ReLU()',
  'leaky-relu': 'nn.LeakyReLU()',
  tanh: 'nn.Tanh()',
  gelu: 'nn.GELU()',
  softplus: 'nn.Softplus()',
  identity: 'nn.Identity()',
  sigmoid: 'nn.Sigmoid()',
  silu: 'nn.SiLU()',
  erf: 'Elementwise(torch.erf)',
  sine: 'Elementwise(torch.sin)',
};

const elementwise = [
  'class Elementwise(nn.Module):',
  ...indented(['def __init__(self, function):', '    super().__init__()', '    self.function = function', '']),
  ...indented(['def forward(self, x):', '    return self.function(x)']),
  ...['', ''],
];

/** `start()`, which gives the network and the stream of NumPy's after it, from which minibatches may go on. */
export function startCode({ options, network }: TrainingToExport): readonly string[] {
  const { seed } = options;
  const { initial = 'pytorch', elbows } = options.network;
  const widths = [network.inputs, ...network.hidden, outputsOf(network)];
  const layers = widths.slice(1).flatMap((width, index) => {
    const linear = `nn.Linear(${widths[index] ?? 1}, ${width})`;
    const activation = activationsOf(network)[index];
    return activation === undefined ? [linear] : [linear, modules[activation]];
  });
  return [
    ...(layers.some((layer) => layer.startsWith('Elementwise')) ? elementwise : []),
    'def start():',
    ...indented([
      `torch.manual_seed(${seed})`,
      `rng = np.random.RandomState(${seed})`,
      'net = nn.Sequential(',
      ...indented(layers.map((layer) => `${layer},`)),
      ')',
      'linear = [layer for layer in net if isinstance(layer, nn.Linear)]',
      ...drawnLines(initial, network, seed),
      ...elbowLines(elbows),
      ...scaledLines(options, network),
      'return net, rng',
    ]),
  ];
}

/** The weights drawn from another distribution than that of nn.Linear. */
function drawnLines(initial: Initial, network: Network, seed: number): readonly string[] {
  if (initial === 'pytorch') return [];
  const [kaiming, xavier] = ['gain / np.sqrt(fan_in)', 'np.sqrt(2 / (fan_in + fan_out))'];
  const uniform = (deviation: string): string[] => [
    `bound = np.sqrt(3) * ${deviation}`,
    'layer.weight.uniform_(-bound, bound)',
    'layer.bias.zero_()',
  ];
  const normal = (deviation: string): string[] => [
    `layer.weight.copy_(torch.from_numpy(${deviation} * rng.randn(fan_out, fan_in)))`,
    'layer.bias.zero_()',
  ];
  const draw = (): string[] => {
    if (typeof initial !== 'string')
      return [
        `layer.weight.copy_(torch.from_numpy(np.sqrt(${pythonNumber(initial.weight)} / fan_in) * rng.randn(fan_out, fan_in)))`,
        `layer.bias.copy_(torch.from_numpy(np.sqrt(${pythonNumber(initial.bias)}) * rng.randn(fan_out)))`,
      ];
    switch (initial) {
      case 'kaiming-uniform':
        return uniform(kaiming);
      case 'xavier-uniform':
        return uniform(xavier);
      case 'kaiming-normal':
        return normal(kaiming);
      case 'xavier-normal':
        return normal(xavier);
      case 'orthogonal':
        return [
          '# As torch.nn.init.orthogonal_, of NumPy’s normal numbers.',
          'drawn = rng.randn(fan_out, fan_in)',
          'q, r = np.linalg.qr(drawn.T if fan_out < fan_in else drawn)',
          'q = q * np.sign(np.diag(r))',
          'layer.weight.copy_(torch.from_numpy(q.T if fan_out < fan_in else q))',
          'layer.bias.zero_()',
        ];
    }
  };
  const gains = [...network.hidden.keys(), network.hidden.length].map((layer) =>
    gainOf(activationAfter(network, layer)),
  );
  const isKaiming = typeof initial === 'string' && initial.startsWith('kaiming');
  const loop = isKaiming ? `for layer, gain in zip(linear, ${pythonValue(gains)}):` : 'for layer in linear:';
  return [
    '# nn.Linear has drawn its own.',
    `torch.manual_seed(${seed})`,
    'with torch.no_grad():',
    ...indented([loop, ...indented(['fan_out, fan_in = layer.weight.shape', ...draw()])]),
  ];
}

/** The biases that put the elbow of each unit where it is to start. */
function elbowLines(elbows: Elbows): readonly string[] {
  if (elbows === 'none') return [];
  if (typeof elbows !== 'string')
    return [
      '# The biases put each unit’s elbow where it is said to be.',
      'with torch.no_grad():',
      ...indented([
        `elbows = np.array(${pythonValue(elbows)}, dtype=np.float64)`,
        'bias = -elbows * linear[0].weight.double().numpy()[:, 0]',
        'linear[0].bias.copy_(torch.from_numpy(bias))',
      ]),
    ];
  const deeper =
    elbows === 'uniform'
      ? [
          'before = net[: 2 * depth].double()(torch.from_numpy(elbows)[:, None]).numpy()',
          'net.float()',
          'bias = -(weight * before).sum(axis=1)',
        ]
      : ['# As published: times the bias, where the weight was meant.', 'bias = -elbows * layer.bias.double().numpy()'];
  return [
    elbows === 'uniform'
      ? '# The biases put each unit’s elbow at one of the sorted uniform numbers.'
      : '# The biases as published.',
    'with torch.no_grad():',
    ...indented([
      'for depth, layer in enumerate(linear[:-1]):',
      ...indented([
        'elbows = np.sort(rng.rand(layer.out_features))',
        'weight = layer.weight.double().numpy()',
        'if depth == 0:',
        ...indented(['bias = -elbows * weight[:, 0]']),
        'else:',
        ...indented(deeper),
        'layer.bias.copy_(torch.from_numpy(bias))',
      ]),
    ]),
  ];
}

/** The parameters of another parametrization or output scale, as the weights of plain layers that compute the same. */
function scaledLines(options: TrainingToExport['options'], network: Network): readonly string[] {
  const scaling = parametrizedBy(options, network);
  if (scaling === undefined) return [];
  const factors = byParameter(network, scaling.start);
  if (factors.every(([, factor]) => factor === 1)) return [];
  return [
    '# Scaled, as the output is.',
    'with torch.no_grad():',
    ...indented([
      'for name, parameter in net.named_parameters():',
      '    parameter.copy_(parameter.double() * {',
      ...indented(indented(factors.map(([name, factor]) => `${pythonText(name)}: ${pythonNumber(factor)},`))),
      '    }[name])',
    ]),
  ];
}

/** The number that all of a parameter's entries share, by its name. */
export function byParameter(network: Network, flat: Float64Array): [string, number][] {
  return parameterLayout(network).map(({ name, offset }) => [name, flat[offset] ?? 1]);
}

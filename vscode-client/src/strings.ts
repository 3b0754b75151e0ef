/** Every sentence that the extension's code shows to a person. Titles of commands are in package.json. */

export const NAME = 'Keras Shapes';

const number = new Intl.NumberFormat('en-US');

export const strings = {
  // Status
  starting: 'starting…',
  kerasStarting: 'starting Keras…',
  notStarted: 'Keras starts with the first model',
  stopped: 'stopped',
  sandboxed: 'sandboxed',
  restricted: 'Restricted Mode: custom layers off',
  unread: 'a subclassed model whose call is not read',
  noModels: 'no Keras model here',
  customLayersOff: (why: string) => `custom layers off: ${why}`,
  counts: (models: number, parts: readonly string[]) =>
    `${models} ${models === 1 ? 'model' : 'models'}: ${parts.join(', ')}`,
  showEnvironment: 'Environment',
  showLog: 'Log',
  chooseInterpreter: 'Choose interpreter',

  // Starting
  noPython: 'Keras Shapes needs a Python 3.10 or newer to run, and found none.',
  notInstalled: (python: string) => `keras-shapes is not installed in ${python}.`,
  doesNotStart: 'Keras Shapes does not start. Its log says why.',

  // Choosing an interpreter
  whichInterpreter: 'The Python that has TensorFlow',
  browse: 'Browse…',
  automatic: 'Automatic',
  automaticDetail: 'the Python extension’s choice, else python3',
  inWorkspace: 'in this workspace',
  untrustedInterpreter: 'needs a trusted workspace',
  use: 'Use this Python',

  // Checking
  checked: (text: string) => text.replace(/^keras-shapes: /, ''),
  notRunning: 'Keras Shapes is not running.',

  // The model view
  viewTitle: (name: string) => `Model: ${name}`,
  model: 'model',
  anonymous: (kind: string) => (kind === 'sequential' ? 'sequential' : 'model'),
  noModel: 'There is no Keras model in this file.',
  copy: 'Copy as Markdown',
  copied: 'The table is in the clipboard.',
  layers: 'Layers: arrow keys follow the links, Enter goes to the source, Space opens a model inside',
  whichModel: 'Model',
  input: 'input',
  operation: 'operation',
  open: 'Show the layers inside',
  close: 'Hide the layers inside',
  total: (params: string, memory: string) => [params, memory].filter(Boolean).join(' · '),
  parameters: (count: number | null) =>
    count === null ? '? parameters' : `${number.format(count)} ${count === 1 ? 'parameter' : 'parameters'}`,
  share: (part: number) => (part > 0 && part < 0.01 ? '< 1 %' : `${Math.round(part * 100)} %`),
  refused: 'refused',
  notReached: 'not reached',
  variant: (name: string, variant: number) => (variant > 1 ? `${name} (variant ${variant})` : name),
  tags: ({ isOutput, isShared }: { isOutput: boolean; isShared: boolean }) =>
    [isShared ? 'shared' : '', isOutput ? 'output' : ''].filter(Boolean).join(', '),
  from: (names: readonly string[]) => (names.length === 0 ? '' : `from ${names.join(' and ')}`),
  within: (name: string) => `in ${name}`,
  description: (parts: readonly string[]) => parts.filter(Boolean).join(', '),
  headings: ['Layer (type)', 'Output shape', 'Parameters', 'Memory'],
} as const;

/** `211.6 KB`, as the server writes it. */
export function memory(bytes: number | null): string {
  if (bytes === null) {
    return '';
  }
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let unit = 0;
  let size = bytes;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit]}`;
}

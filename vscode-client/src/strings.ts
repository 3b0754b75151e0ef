/** Every sentence that the extension's code shows to a person. Titles of commands are in package.json. */

export const NAME = 'Keras Shapes';

const number = new Intl.NumberFormat('en-US');

export const strings = {
  // Status
  starting: 'starting…',
  kerasStarting: 'starting Keras…',
  using: (name: string, keras: string) => `${name} · ${keras}`,
  usingTip: (name: string, keras: string) => `Using ${name} · ${keras}. Click to choose another Python.`,
  notStarted: 'Keras not started',
  stopped: 'stopped',
  sandboxed: 'sandboxed',
  restricted: 'Restricted Mode: custom layers off',
  unread: 'a subclassed model whose call is not read',
  noModels: 'no Keras model here',
  customLayersOff: (why: string) => `custom layers off: ${why}`,
  counts: (models: number, parts: readonly string[]) =>
    `${models} ${models === 1 ? 'model' : 'models'}: ${parts.join(', ')}`,
  count: (count: number, kind: 'built' | 'refused' | 'unknown') =>
    `${count} ${{ built: 'built', refused: count === 1 ? 'error' : 'errors', unknown: 'unknown' }[kind]}`,
  showEnvironment: 'Environment',
  showLog: 'Log',
  chooseInterpreter: 'Choose interpreter',

  // Starting
  noPython: 'Keras Shapes needs a Python 3.10 or newer to run, and found none.',
  notInstalled: (python: string) => `keras-shapes is not installed in ${python}.`,
  doesNotStart: 'Keras Shapes does not start. Its log says why.',

  // Choosing an interpreter
  whichInterpreter: 'Which Python has your TensorFlow?',
  typedInterpreter: 'Type a path, or choose',
  browse: 'Browse…',
  browseDetail: 'a Python, or the folder of an environment',
  automatic: 'Automatic',
  automaticDetail: 'the Python extension’s choice, else the first here that has TensorFlow',
  found: 'found on this computer',
  without: (backend: string) => `no ${backend}`,
  usePath: (text: string) => `Use ${text}`,
  use: 'Use this Python',

  // Checking
  checked: (text: string) => text.replace(/^keras-shapes: /, ''),
  notRunning: 'Keras Shapes is not running.',

  // The model view
  viewTitle: (name: string, file: string) => `${name} · ${file}`,
  model: 'model',
  anonymous: (kind: string) => (kind === 'sequential' ? 'sequential' : 'model'),
  noModel: 'There is no Keras model in this file.',
  legend: 'Kinds of layers',
  zoomIn: 'Zoom in (+, or Ctrl and the mouse wheel)',
  zoomOut: 'Zoom out (−)',
  zoomFit: 'Show all of it (0)',
  fit: 'Fit',
  percent: (factor: number) => `${Math.round(factor * 100)} %`,
  export: 'Export…',
  exportTitle: 'Export the model as',
  svg: 'a drawing for papers and slides, saved to a file',
  png: 'an image, saved to a file',
  mermaid: 'a diagram for GitHub and notebooks, copied',
  dot: 'a graph for Graphviz, copied',
  markdown: 'the table of its layers, copied',
  nothingToExport: 'There is no picture of this model yet.',
  copied: (what: string) => `${what} is in the clipboard.`,
  exported: (file: string) => `${file} is saved.`,
  exportTip: 'Export as SVG, PNG, Mermaid, DOT or Markdown',
  layers: 'Layers: arrow keys follow the links, Enter goes to the source, Space opens a model inside',
  whichModel: 'Model',
  input: 'Input',
  operation: 'operation',
  open: 'Show the layers inside',
  close: 'Hide the layers inside',
  fold: 'Fold',
  unfold: 'Unfold',
  foldTip: 'One block for the layers of a call, or of one turn of a loop',
  search: 'Search',
  searchTip: 'Search by class, name, shape or arguments; Enter goes to the next',
  hits: (place: number, count: number) => (count === 0 ? 'none' : `${place} of ${count}`),
  layersInside: (count: number) => `${count} layers`,
  layersChanged: (count: number) => `${count} ${count === 1 ? 'layer' : 'layers'} changed`,
  /** Beside a line: both shapes, where most of the others have one. */
  clash: (own: string, others: string | null) => (others === null ? own : `${own} ≠ ${others}`),
  changed: (text: string) => `changed: ${text}`,
  total: (params: string, memory: string) => [params, memory].filter(Boolean).join(' · '),
  parameters: (count: number | null) =>
    count === null ? '? parameters' : `${number.format(count)} ${count === 1 ? 'parameter' : 'parameters'}`,
  /** In a block, where there is little room. */
  params: (count: number | null) => (count === null ? '? params' : `${number.format(count)} ${count === 1 ? 'param' : 'params'}`),
  share: (part: number) => (part > 0 && part < 0.01 ? '< 1 %' : `${Math.round(part * 100)} %`),
  error: 'error',
  /** All that have a button are proven. */
  fix: (title: string) => title.replace(/ \(proven [^()]*\)$/, ''),
  loss: 'Loss',
  doesNotFit: 'Keras does not take these data or labels.',
  variant: (name: string, variant: number) => (variant > 1 ? `${name} (variant ${variant})` : name),
  tags: ({ isOutput, isShared }: { isOutput: boolean; isShared: boolean }) =>
    [isShared ? 'shared' : '', isOutput ? 'output' : ''].filter(Boolean).join(', '),
  from: (names: readonly string[]) => (names.length === 0 ? '' : `from ${names.join(' and ')}`),
  within: (name: string) => `in ${name}`,
  description: (parts: readonly string[]) => parts.filter(Boolean).join(', '),
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

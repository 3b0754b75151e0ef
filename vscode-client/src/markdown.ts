/** The table of a model in Markdown. */

import { modelName, shapesText } from './picture';
import type { Model } from './protocol';
import { memory, strings } from './strings';

export function markdown(model: Model): string {
  const rows = model.layers.map(({ name, className, outputText, params, bytes, status }) => [
    name === null ? className : `${name} (${className})`,
    status === 'refused' ? strings.refused : outputText,
    params === null ? '?' : params.toLocaleString('en-US'),
    memory(bytes ?? null),
  ]);
  const total = strings.total(strings.parameters(model.params), memory(model.bytes));
  return [
    `**${plain(modelName(model))}** · ${plain(shapesText(model.inputShapes))} → ${plain(shapesText(model.outputShapes))} · ${total}`,
    '',
    line(strings.headings),
    '|---|---|---:|---:|',
    ...rows.map(line),
    '',
  ].join('\n');
}

function line(cells: readonly string[]): string {
  return `| ${cells.map(plain).join(' | ')} |`;
}

/** Text that Markdown shows as it is. */
function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~]/g, '\\$&').replace(/\s+/g, ' ');
}

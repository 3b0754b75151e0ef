/** The entry that VS Code calls: one suite, by the name that the runner gives. */

import { changes } from './changes';
import { features } from './features';
import { interpreters } from './interpreters';
import { model } from './model';
import { run, type Test } from './suite';
import { trust } from './trust';
import { typing } from './typing';
import { writing } from './writing';

const SUITES: Readonly<Record<string, Readonly<Record<string, Test>>>> = {
  features: { ...features, ...writing, ...changes, ...model },
  changes,
  model,
  writing,
  typing,
  trust,
  interpreters,
};

exports.run = () => run(SUITES[process.env['TEST_SUITE'] ?? 'features']!);

/** What is left to others: VS Code asks one provider only for the callers of a function, and another extension knows all functions. */

import type { StaticFeature } from 'vscode-languageclient';

export const WITHOUT_CALL_HIERARCHY: StaticFeature = {
  fillClientCapabilities: () => undefined,
  preInitialize(capabilities) {
    delete capabilities.callHierarchyProvider;
  },
  initialize: () => undefined,
  getState: () => ({ kind: 'static' }),
  clear: () => undefined,
};

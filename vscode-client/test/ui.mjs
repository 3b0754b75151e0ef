/** What a person sees, in the browser: squiggle, hints, hover, menu, fixed text, model view, notebook. */

import fs from 'node:fs';
import path from 'node:path';
import { browse, CLIENT, start } from './code-server.mjs';

const SHOTS = path.join(CLIENT, 'out', 'screenshots');
const PATIENCE = Number(process.env.TEST_PATIENCE ?? 120_000);

const THEMES = {
  light: 'Default Light Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
};

/** The model view in other themes than the dark one, to be looked at. */
export async function themes(options) {
  let passed = true;
  for (const [name, theme] of Object.entries(THEMES)) {
    const code = await start({ ...options, user: { 'workbench.colorTheme': theme } });
    const { browser, page } = await browse();
    page.setDefaultTimeout(PATIENCE);
    try {
      await begin(page, code, 'digits.py');
      await page.locator('.editor-actions a[aria-label^="Show Model"]').first().click();
      const view = await viewOf(page, 'MaxPooling2D');
      await view.locator(`body.vscode-${name}`).waitFor();
      await view.locator('.training').waitFor();
      await shot(page, `model-view-${name}`);
      for (const [what, step] of Object.entries(CHANGES)) {
        await step(page);
        console.log(`  PASS ${name}: ${what}`);
      }
      console.log(`  PASS ${name}`);
    } catch (error) {
      passed = false;
      console.log(`  FAIL ${name}: ${error.message}`);
      await shot(page, `failed ${name}`).catch(() => undefined);
    } finally {
      await browser.close();
      code.stop();
    }
  }
  return passed;
}

/**
 * A person who has no TensorFlow in `python3` types the path of another one: the lens is right with the squiggle.
 *
 * `python` has TensorFlow; nothing in the options leads to it.
 */
export async function choosing(options, python) {
  const home = fs.mkdtempSync(path.join(CLIENT, 'out', 'home-'));
  const environment = { HOME: home, PATH: `${path.dirname(process.execPath)}:/usr/bin:/bin`, VIRTUAL_ENV: '', CONDA_PREFIX: '' };
  const code = await start({ ...options, environment });
  const { browser, page } = await browse();
  page.setDefaultTimeout(PATIENCE);
  try {
    await begin(page, code, 'refused.py');
    await page.locator('.codelens-decoration a', { hasText: 'no TensorFlow' }).click();
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'no TensorFlow' }).first().waitFor();
    await shot(page, 'interpreters');
    await page.locator('.quick-input-widget input').first().fill(python);
    await page.locator('.quick-input-list .monaco-list-row', { hasText: `Use ${python}` }).first().waitFor();
    const chosen = Date.now();
    await page.keyboard.press('Enter');
    const since = () => Date.now() - chosen;
    const taken = await Promise.all([
      page.locator('.codelens-decoration a', { hasText: 'no TensorFlow' }).waitFor({ state: 'hidden' }).then(since),
      page.locator('.codelens-decoration a', { hasText: '1 error' }).waitFor().then(since),
      page.waitForSelector('.squiggly-error').then(since),
    ]);
    console.log(`  after the choice: old lens gone ${taken[0]} ms, right lens ${taken[1]} ms, squiggle ${taken[2]} ms`);
    await shot(page, 'chosen');
    return taken[1] <= 1.2 * taken[2];
  } catch (error) {
    console.log(`  FAIL ${error.message}`);
    await shot(page, 'failed choosing').catch(() => undefined);
    return false;
  } finally {
    await browser.close();
    code.stop();
    fs.rmSync(home, { recursive: true, force: true });
  }
}

export async function look(options) {
  fs.mkdirSync(SHOTS, { recursive: true });
  const code = await start(options);
  const { browser, page } = await browse();
  page.setDefaultTimeout(PATIENCE);
  let failures = 0;
  const wanted = new RegExp(process.env.TEST_STEPS ?? '');
  const steps = Object.entries({ ...TEXT, ...MODEL, ...CHANGES, ...NOTEBOOK }).filter(([name]) => wanted.test(name));
  try {
    await begin(page, code, 'refused.py');
    for (const [name, step] of steps) {
      try {
        await step(page, code);
        console.log(`  PASS ${name}`);
      } catch (error) {
        failures += 1;
        console.log(`  FAIL ${name}: ${error.message.split('\n').slice(0, 6).join(' ')}`);
        await shot(page, `failed ${name}`).catch(() => undefined);
      }
    }
  } finally {
    await browser.close();
    code.stop();
  }
  return failures === 0;
}

/** A file in an editor that has the window to itself. */
async function begin(page, code, file) {
  const url = code.url([['openFile', code.remote(path.join(code.workspace, file))]]);
  await page.goto(url, { timeout: PATIENCE, waitUntil: 'commit' });
  await page.waitForSelector('.monaco-editor .view-line');
  await sideBarAway(page);
}

const TEXT = {
  async squiggle(page) {
    await page.waitForSelector('.squiggly-error');
    await lineWith(page, '→ (None, 40, 64)');
    await page.locator('.codelens-decoration a', { hasText: '1 error: LSTM, line 8' }).waitFor();
    await shot(page, 'squiggle');
  },
  async hover(page) {
    const { x, y } = await placeOf(page, 'LSTM(64)');
    await page.mouse.move(x - 30, y);
    await page.mouse.move(x - 28, y, { steps: 3 });
    await page.locator('.monaco-hover', { hasText: 'the LSTM above returns only its last step' }).first().waitFor();
    await shot(page, 'hover');
    await page.mouse.move(900, 600);
  },
  async 'quick fix menu'(page) {
    const { x, y } = await placeOf(page, 'LSTM(64)');
    await page.mouse.click(x - 20, y);
    await page.mouse.move(900, 600);
    await page.locator('.monaco-hover:visible').first().waitFor({ state: 'hidden' });
    // The fixes come when they are proven; a menu that is open does not change.
    const fix = page.locator('.action-widget .monaco-list-row', { hasText: 'return_sequences=True' }).first();
    for (const end = Date.now() + PATIENCE; !(await fix.isVisible()) && Date.now() < end; ) {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+.');
      await fix.waitFor({ timeout: 2000 }).catch(() => undefined);
    }
    await shot(page, 'quick-fix');
  },
  async 'fixed text'(page) {
    await page.keyboard.press('Enter');
    await page.mouse.move(900, 600);
    await lineWith(page, 'LSTM(64, return_sequences=True),');
    await page.waitForFunction(() => !document.querySelector('.squiggly-error'));
    await page.locator('.codelens-decoration a', { hasText: 'model · (None, 40) → (None, 1)' }).waitFor();
    await shot(page, 'fixed');
  },
};

const MODEL = {
  async 'model view'(page) {
    await page.locator('.codelens-decoration a').first().click();
    const view = await viewOf(page);
    await view.locator('li.layer.built').nth(3).waitFor();
    await shot(page, 'model-view-dark');
  },
  async 'cursor and click'(page) {
    const view = await viewOf(page);
    await view.locator('.layer .block').nth(3).click();
    await view.locator('li[data-here]').filter({ hasText: 'Dense' }).waitFor();
    await view.locator('.layer .block').nth(1).click();
    await view.locator('li[data-here]').filter({ hasText: '(None, 40, 64)' }).waitFor();
  },
  async keyboard(page) {
    const view = await viewOf(page);
    await view.locator('.block').first().focus();
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('ArrowDown');
    const focused = await view.evaluate(() => document.activeElement.getAttribute('aria-label'));
    if (!focused?.startsWith('3: lstm_1, LSTM, 32, (None, 32)')) throw new Error(`focus on ${focused}`);
    await page.keyboard.press('Enter');
    await view.locator('li[data-here]').filter({ hasText: '(None, 32)' }).waitFor();
  },
  async 'refused layer'(page) {
    await replace(page, ', return_sequences=True', '');
    const view = await viewOf(page);
    await view.locator('li.refused .fix:visible').waitFor();
    await shot(page, 'model-view-refused');
  },
  async 'updates without flicker'(page) {
    const view = await viewOf(page);
    await stays(view, async () => {
      await view.locator('li.refused .fix').click();
      await view.locator('li.layer.built').nth(3).waitFor();
    });
  },
  async 'a button above the editor, and a picture without scrolling'(page) {
    await openFile(page, 'digits.py');
    await page.locator('.editor-actions a[aria-label^="Show Model"]').first().click();
    const view = await viewOf(page, 'MaxPooling2D');
    await view.locator('.training .output', { hasText: 'y_train (60000,)' }).waitFor();
    const { hidden, inside } = await view.locator('.scroll').evaluate((scroll) => ({
      hidden: scroll.scrollHeight - scroll.clientHeight,
      inside: scroll.querySelectorAll('li.node').length,
    }));
    if (hidden > 0 || inside < 10) throw new Error(`${inside} blocks, ${hidden} pixels out of sight`);
    await shot(page, 'model-view-cnn-dark');
  },
  async 'bodies follow the shapes'(page) {
    const view = await viewOf(page, 'MaxPooling2D');
    const fronts = await view.locator('.slab .front').evaluateAll((all) => all.map((face) => face.getBBox().width));
    if (!(fronts[1] > fronts[2] && fronts[2] > fronts[4])) throw new Error(fronts.join());
  },
  async 'zoom by mouse, keyboard and button, and the ground moves with the mouse'(page) {
    const view = await viewOf(page, 'MaxPooling2D');
    const factor = async () => parseInt(await view.locator('.factor').innerText(), 10);
    const first = await factor();
    await view.locator('.scroll').hover({ position: { x: 8, y: 200 } });
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -400);
    await page.keyboard.up('Control');
    await view.waitForFunction((before) => parseInt(document.querySelector('.factor').textContent, 10) > before, first);
    await shot(page, 'model-view-zoomed');
    const { x, y } = await view.locator('.scroll').boundingBox();
    await page.mouse.move(x + 8, y + 200);
    await page.mouse.down();
    await page.mouse.move(x + 8, y + 100, { steps: 4 });
    await page.mouse.up();
    const moved = await view.locator('.scroll').evaluate((scroll) => scroll.scrollTop);
    if (moved < 50) throw new Error(`moved by ${moved}`);
    await view.locator('.block').first().focus();
    await page.keyboard.press('0');
    await view.waitForFunction((before) => parseInt(document.querySelector('.factor').textContent, 10) === before, first);
    await view.locator('.tool', { hasText: '+' }).click();
    if ((await factor()) <= first) throw new Error(`${await factor()} %`);
    await page.keyboard.press('0');
  },
  async export(page, code) {
    for (const ending of ['svg', 'png']) {
      const view = await viewOf(page, 'MaxPooling2D');
      await view.locator('.tool', { hasText: 'Export' }).click();
      await choose(page, ending.toUpperCase());
      const input = page.locator('.quick-input-widget input').first();
      await page.waitForFunction(() => document.querySelector('.quick-input-widget input').value.includes('model.'));
      await input.press('Enter');
      const file = path.join(code.workspace, `model.${ending}`);
      for (const end = Date.now() + PATIENCE; !fs.existsSync(file) || fs.statSync(file).size < 1000; ) {
        if (Date.now() > end) throw new Error(`no ${ending}`);
        await page.waitForTimeout(100);
      }
      fs.copyFileSync(file, path.join(SHOTS, `exported.${ending}`));
    }
  },
  async 'branches are side by side'(page) {
    await openFile(page, 'graph.py');
    await page.locator('.codelens-decoration a', { hasText: '(None, 1)' }).click();
    const view = await viewOf(page, 'score');
    const places = await view.locator('li.model .block').evaluateAll((all) => all.map((each) => each.getBoundingClientRect().toJSON()));
    const [left, right] = places.sort((one, other) => one.left - other.left);
    if (places.length !== 2 || left.right > right.left || left.top >= right.bottom) throw new Error(JSON.stringify(places));
    await view.locator('.paths text', { hasText: '(None, 4)' }).waitFor();
    await shot(page, 'model-view-graph');
  },
  async 'a graph stays where it is while its sizes change'(page) {
    const view = await viewOf(page);
    const places = () => view.locator('li').evaluateAll((all) => all.map(({ style, offsetHeight }) => [style.left, style.top, offsetHeight].join()));
    const before = await places();
    await stays(view, async () => {
      await replace(page, '1, name', '2, name');
      await view.locator('.output', { hasText: '(None, 2)' }).first().waitFor();
    });
    const after = await places();
    if (before.join(' ') !== after.join(' ')) throw new Error(`${before.join(' ')} became ${after.join(' ')}`);
  },
  async 'a model inside is opened by the keyboard, and closed by a click'(page) {
    const view = await viewOf(page);
    await view.locator('li.model .block').first().focus();
    const before = await view.locator('li.model .block').first().boundingBox();
    await page.keyboard.press('Space');
    await view.locator('.frames rect').waitFor({ state: 'attached' });
    const opened = view.locator('li.model .block[aria-expanded=true]');
    const after = await opened.boundingBox();
    if (Math.abs(before.y - after.y) > 24) throw new Error(`from ${before.y} to ${after.y}`);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const focused = await view.evaluate(() => document.activeElement.getAttribute('aria-label'));
    if (!focused?.includes('Dense') || !focused.endsWith('in encoder')) throw new Error(`focus on ${focused}`);
    await shot(page, 'model-view-opened');
    await view.locator('button.open', { hasText: '−' }).click();
    await view.locator('.frames rect').waitFor({ state: 'detached' });
  },
  async 'text is text, and no other script runs'(page) {
    await openFile(page, 'hostile.py');
    await command(page, 'Keras Shapes: Show Model');
    const view = await viewOf(page, '<img src=x onerror=document.title=1>');
    const ran = await view.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.body.append(script);
      return { ran: Boolean(window.ran), images: document.images.length, bold: document.querySelectorAll('b').length };
    });
    if (ran.ran || ran.images || ran.bold) throw new Error(JSON.stringify(ran));
    await closeAll(page);
  },
};

/** What changes, costs and clashes look like: in the dark theme, and once in each of the others. */
const CHANGES = {
  async 'the branch that clashes is red, with its shape'(page) {
    await openFile(page, 'clash.py');
    await command(page, 'Keras Shapes: Show Model');
    const view = await viewOf(page, 'add');
    const label = view.locator('.paths .clash text', { hasText: '(None, 30, 30, 8) ≠ (None, 32, 32, 8)' });
    await label.scrollIntoViewIfNeeded();
    const [red, other] = await view.locator('.paths g').evaluateAll((all) =>
      ['.clash', ':not(.clash)'].map((which) => getComputedStyle(all.find((each) => each.matches(which)).firstChild).stroke),
    );
    if (red === other) throw new Error(`both are ${red}`);
    await shot(page, `model-view-clash-${await themeOf(view)}`);
  },
  async 'costs, and a search'(page) {
    await openFile(page, 'blocks.py');
    const view = await viewOf(page, 'classes');
    await view.locator('.costs', { hasText: '22.4 MFLOPs a sample' }).waitFor();
    await view.locator('.flops', { hasText: '3.54 MFLOPs' }).waitFor();
    await view.locator('.search input').fill('conv2d');
    await view.locator('.count', { hasText: '1 of 3' }).waitFor();
    await view.locator('.search input').press('Enter');
    await view.locator('.count', { hasText: '2 of 3' }).waitFor();
    const found = await view.locator('li[data-found] .title').allInnerTexts();
    if (found.join() !== 'Conv2D,Conv2D,Conv2D') throw new Error(found.join());
    await shot(page, `model-view-search-${await themeOf(view)}`);
    await view.locator('.search input').press('Escape');
    await view.locator('li[data-missed]').first().waitFor({ state: 'detached' });
  },
  async 'an edit marks what it changed, and nothing moves'(page) {
    const view = await viewOf(page, 'Conv2D');
    const { x, y } = await placeOf(page, 'block(x, 32)');
    await page.mouse.click(x, y); // an editor that nobody has been in yet may have no lenses
    await page.locator('.codelens-decoration a', { hasText: '24,682 parameters' }).waitFor();
    const places = () => view.locator('li.node').evaluateAll((all) => all.map(({ style, offsetHeight }) => [style.left, style.top, offsetHeight].join()));
    const before = await places();
    const lines = () => page.locator('.view-lines .view-line').evaluateAll((all) => all.map(({ style }) => style.top).join());
    const text = await lines();
    await replace(page, 'x, 64', 'x, 72');
    await page.locator('.codelens-decoration a', { hasText: /· \+[\d,]+ parameters/ }).waitFor();
    await view.locator('.node .change', { hasText: '(None, 16, 16, 64) → (None, 16, 16, 72)' }).first().waitFor();
    await shot(page, `model-view-changed-${await themeOf(view)}`);
    if ((await lines()) !== text) throw new Error('lines of the text moved');
    if ((await places()).join(' ') !== before.join(' ')) throw new Error('blocks moved');
    await page.locator('.codelens-decoration a', { hasText: /· \+[\d,]+ parameters/ }).waitFor({ state: 'detached' });
    if ((await lines()) !== text) throw new Error('lines of the text moved');
  },
  async 'layers of a call are folded'(page) {
    const view = await viewOf(page, 'Conv2D');
    await view.locator('.tool', { hasText: 'Fold' }).click();
    await view.locator('li.fold').nth(2).waitFor();
    await shot(page, `model-view-folded-${await themeOf(view)}`);
    await view.locator('li.fold button.open').first().click();
    await view.locator('.frames rect').waitFor({ state: 'attached' });
    await shot(page, `model-view-fold-opened-${await themeOf(view)}`);
    await view.locator('.tool', { hasText: 'Unfold' }).click();
    await view.locator('li.fold').first().waitFor({ state: 'detached' });
  },
};

/** `dark`, `light`, `high-contrast` or `high-contrast-light`. */
function themeOf(view) {
  return view.evaluate(() => [...document.body.classList].map((name) => name.replace('vscode-', '')).filter((name) => /dark|light|contrast/.test(name)).sort((one, other) => one.length - other.length).pop());
}

const NOTEBOOK = {
  async notebook(page) {
    await openFile(page, 'images.ipynb');
    await page.waitForSelector('.notebookOverlay .squiggly-error');
    await page.locator('.notebookOverlay .codelens-decoration a', { hasText: '1 error' }).waitFor();
    await page.locator('.notebook-toolbar-container a[aria-label^="Show Model"]').first().click();
    await viewOf(page, 'Conv2D');
    await shot(page, 'notebook');
  },
  async walkthrough(page) {
    await closeAll(page);
    await command(page, 'Welcome: Open Walkthrough...');
    await page.keyboard.type('Keras Shapes in one minute');
    await page.keyboard.press('Enter');
    await page.getByText('Open a model with an error').first().waitFor();
    await shot(page, 'walkthrough');
  },
};

async function shot(page, name) {
  await page.waitForTimeout(500); // what fades in has faded in
  await page.screenshot({ path: path.join(SHOTS, `${name.replaceAll(' ', '-')}.png`) });
}

async function command(page, title) {
  await fillQuickInput(page, 'F1', `>${title}`);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().waitFor();
  await page.keyboard.press('Enter');
}

async function openFile(page, name) {
  await fillQuickInput(page, 'Control+p', name);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.tab.active', { hasText: name }).first().waitFor();
}

/** What has changed is thrown away. */
async function closeAll(page) {
  await command(page, 'View: Close All Editors');
  const button = page.locator('.monaco-dialog-box .monaco-button', { hasText: /Don.t Save/ }).first();
  const empty = page.locator('.editor-group-container.empty').first();
  await Promise.race([button.waitFor(), empty.waitFor()]);
  if (await button.isVisible()) await button.click();
  await empty.waitFor();
}

/** A row of the list that is open. */
async function choose(page, text) {
  const input = page.locator('.quick-input-widget input').first();
  await input.fill(text);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first().waitFor();
  await input.press('Enter');
}

/** Type into the input that a key opens. It closes when an editor that is opening takes the focus: then once more. */
async function fillQuickInput(page, key, text) {
  const input = page.locator('.quick-input-widget input').first();
  for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
    await intoEditor(page);
    await page.keyboard.press(key);
    const filled = await input.fill(text, { timeout: 3000 }).then(() => true, () => false);
    if (filled && (await input.isVisible())) return;
  }
  throw new Error(`${key} opens no input`);
}

/** Keys that are pressed in the page of the model view are the page's. */
async function intoEditor(page) {
  const tab = page.locator('.tab.active[data-resource-name$=".py"]').first();
  if (await tab.count()) await tab.click();
}

async function sideBarAway(page) {
  await command(page, 'View: Toggle Primary Side Bar Visibility');
}

/** The innermost frame that holds the model view, once a title in it has this text. */
/** What happens takes no element from the page, so that nothing flickers and nothing loses the keyboard. */
async function stays(view, happening) {
  await view.evaluate(() => {
    window.removedNodes = 0;
    const count = (records) => records.forEach(({ removedNodes }) => {
      window.removedNodes += [...removedNodes].filter((node) => node.nodeType === Node.ELEMENT_NODE).length;
    });
    window.observer?.disconnect();
    window.observer = new MutationObserver(count);
    window.observer.observe(document.body, { childList: true, subtree: true });
  });
  await happening();
  const removed = await view.evaluate(() => window.removedNodes);
  if (removed) throw new Error(`${removed} nodes were made anew`);
}

async function viewOf(page, text = '') {
  const end = Date.now() + PATIENCE;
  for (;;) {
    for (const frame of page.frames()) {
      const found = await frame.locator('#view .title, #view .node .name', { hasText: text }).count().catch(() => 0);
      if (found) return frame;
    }
    if (Date.now() > end) throw new Error('no model view');
    await page.waitForTimeout(100);
  }
}

/** Replace a text of the open file by hand: find it, and type over it. */
async function replace(page, text, by) {
  const { left, right, y } = await placeOf(page, text);
  await page.mouse.click(left + 1, y);
  await page.keyboard.down('Shift');
  await page.mouse.click(right, y);
  await page.keyboard.up('Shift');
  if (by) await page.keyboard.type(by);
  else await page.keyboard.press('Delete');
}

function lineWith(page, text) {
  return page.waitForFunction(
    (wanted) => [...document.querySelectorAll('.view-lines')].some((lines) => lines.innerText.replaceAll('\u00a0', ' ').includes(wanted)),
    text,
  );
}

/** Where a text is on the screen; it may lie in several pieces of one line. */
async function placeOf(page, wanted) {
  const found = await page.evaluate((text) => {
    for (const line of document.querySelectorAll('.view-lines .view-line')) {
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      const nodes = [];
      let all = '';
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        nodes.push({ start: all.length, node });
        all += node.data;
      }
      const index = all.replaceAll('\u00a0', ' ').indexOf(text);
      if (index < 0) continue;
      const holder = (offset) => nodes.filter(({ start }) => start <= offset).pop();
      const [first, last] = [holder(index), holder(index + text.length - 1)];
      const range = document.createRange();
      range.setStart(first.node, index - first.start);
      range.setEnd(last.node, index + text.length - last.start);
      const { left, right, top, height } = range.getBoundingClientRect();
      return { left, right, x: (left + right) / 2, y: top + height / 2 };
    }
    return null;
  }, wanted);
  if (found === null) throw new Error(`${wanted} is not on the screen`);
  return found;
}

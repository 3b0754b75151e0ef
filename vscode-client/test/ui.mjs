/** What a person sees, in the browser: squiggle, hints, hover, menu, mended text, model view, notebook. */

import fs from 'node:fs';
import path from 'node:path';
import { browse, CLIENT, start } from './code-server.mjs';

const SHOTS = path.join(CLIENT, 'out', 'screenshots');
const PATIENCE = Number(process.env.TEST_PATIENCE ?? 60_000);

export async function look(options) {
  fs.mkdirSync(SHOTS, { recursive: true });
  const code = await start(options);
  const { browser, page } = await browse();
  page.setDefaultTimeout(PATIENCE);
  let failures = 0;
  const wanted = new RegExp(process.env.TEST_STEPS ?? '');
  const steps = Object.entries({ ...TEXT, ...MODEL, ...NOTEBOOK }).filter(([name]) => wanted.test(name));
  try {
    await page.goto(code.url([['openFile', code.remote(path.join(code.workspace, 'refused.py'))]]));
    await page.waitForSelector('.monaco-editor .view-line');
    await sideBarAway(page);
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

const TEXT = {
  async squiggle(page) {
    await page.waitForSelector('.squiggly-error');
    await lineWith(page, '→ (None, 40, 64)');
    await page.locator('.codelens-decoration a', { hasText: 'refused at the 3rd layer (LSTM)' }).waitFor();
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
  async 'mended text'(page) {
    await page.keyboard.press('Enter');
    await page.mouse.move(900, 600);
    await lineWith(page, 'LSTM(64, return_sequences=True),');
    await page.waitForFunction(() => !document.querySelector('.squiggly-error'));
    await page.locator('.codelens-decoration a', { hasText: 'Sequential · (None, 40) → (None, 1)' }).waitFor();
    await shot(page, 'mended');
  },
};

const MODEL = {
  async 'model view'(page) {
    await page.locator('.codelens-decoration a').first().click();
    const view = await viewOf(page);
    await view.locator('li.layer.built').nth(3).waitFor();
    await shot(page, 'model-view-dark');
  },
  async 'blocks are sized by parameters'(page) {
    const view = await viewOf(page);
    const heights = await view.locator('.layer .block').evaluateAll((all) => all.map((each) => each.offsetHeight));
    if (!(heights[0] > heights[1] && heights[1] > heights[3])) throw new Error(`heights ${heights}`);
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
    if (!focused?.startsWith('3: lstm_1, LSTM, (None, 32)')) throw new Error(`focus on ${focused}`);
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
  async 'light theme'(page) {
    await toggleTheme(page, 'vscode-light');
    await shot(page, 'model-view-light');
    await toggleTheme(page, 'vscode-dark');
  },
  async 'branches are side by side'(page) {
    await openFile(page, 'graph.py');
    await page.locator('.codelens-decoration a', { hasText: '(None, 1)' }).click();
    const view = await viewOf(page, 'score');
    const places = await view.locator('.model .block').evaluateAll((all) => all.map((each) => each.getBoundingClientRect().toJSON()));
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
      await replace(page, 'Dense(4)', 'Dense(3)');
      await view.locator('.operation .output', { hasText: '(None, 3)' }).waitFor();
    });
    const after = await places();
    if (before.join(' ') !== after.join(' ')) throw new Error(`${before.join(' ')} became ${after.join(' ')}`);
  },
  async 'a model inside is opened by the keyboard, and closed by a click'(page) {
    const view = await viewOf(page);
    await view.locator('.model .block').first().focus();
    const before = await view.locator('.model .block').first().boundingBox();
    await page.keyboard.press('Space');
    await view.locator('.frames rect').waitFor({ state: 'attached' });
    const opened = view.locator('.model .block[aria-expanded=true]');
    const after = await opened.boundingBox();
    if (Math.abs(before.y - after.y) > 1) throw new Error(`from ${before.y} to ${after.y}`);
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
    await command(page, 'View: Close All Editors');
  },
};

const NOTEBOOK = {
  async notebook(page) {
    await openFile(page, 'images.ipynb');
    await page.waitForSelector('.notebookOverlay .squiggly-error');
    await page.locator('.notebookOverlay .codelens-decoration a', { hasText: 'refused' }).waitFor();
    await shot(page, 'notebook');
  },
  async walkthrough(page) {
    await command(page, 'View: Close All Editors');
    await command(page, 'Welcome: Open Walkthrough...');
    await page.keyboard.type('Keras Shapes in one minute');
    await page.keyboard.press('Enter');
    await page.getByText('Open a model with a mistake').first().waitFor();
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

/** From dark to light or back, which the page of the model view is told too. */
async function toggleTheme(page, kind) {
  await command(page, 'Preferences: Toggle between Light/Dark Themes');
  const view = await viewOf(page);
  await view.locator(`body.${kind}`).waitFor();
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
  const tab = page.locator('.tab.active', { hasText: '.py' }).first();
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
      const found = await frame.locator('#view .title', { hasText: text }).count().catch(() => 0);
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

import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPage, noBrowser, openBrowser } from '../../support/browser.ts';
import { testClock } from '../../support/program.ts';
import { openPageStage, type PageStage } from '../../support/transcript-stages.ts';

/** With PICTURES=1 the walk leaves its pictures in docs/images. */
const picturesWanted = process.env['PICTURES'] === '1';
const pictures = fileURLToPath(new URL('../../../docs/images/', import.meta.url));

describe.skipIf(noBrowser !== null)(`the local page in Chromium${noBrowser === null ? '' : ` (${noBrowser})`}`, () => {
  let browser: Browser;
  let stage: PageStage;
  const complaints: string[] = [];

  beforeAll(async () => {
    const clock = testClock();
    [browser, stage] = await Promise.all([openBrowser(), openPageStage(clock, { pageDir: buildPage() })]);
  });
  afterAll(async () => {
    await browser?.close();
    await stage?.close();
  });

  async function open(as: string, size = { width: 780, height: 900 }): Promise<Page> {
    const page = await (await browser.newContext({ viewport: size, reducedMotion: 'reduce' })).newPage();
    page.setDefaultTimeout(10_000);
    page.on('console', (message) => message.type() === 'error' && complaints.push(`${as}: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(`${as}: ${error.message}`));
    await page.goto(`http://127.0.0.1:${stage.port}/?as=${as}`);
    await page.getByRole('textbox').first().waitFor();
    return page;
  }

  async function say(page: Page, text: string): Promise<void> {
    const cards = await page.locator('.bot').count();
    await page.getByRole('textbox').last().fill(text);
    await page.keyboard.press('Enter');
    await page.locator('.bot').nth(cards).waitFor();
  }

  async function press(page: Page, label: string): Promise<void> {
    const cards = await page.locator('.bot').count();
    await page.getByRole('button', { name: label, exact: true }).last().click();
    await page.locator('.bot').nth(cards).waitFor();
  }

  it('opens under any address, and cuts nothing off that is pasted', async () => {
    const page = await open('auditor');
    await page.goto(`http://127.0.0.1:${stage.port}/?as=auditor#%zz`);
    await page.reload();
    const field = page.getByRole('textbox').last();
    await field.fill('x'.repeat(9_000));
    expect((await field.inputValue()).length).toBe(9_000);
    await page.close();
    expect(complaints).toEqual([]);
  });

  it('walks from a question to an approval, and the card of whoever asked changes without a reload', async () => {
    const engineer = await open('engineer');
    await say(engineer, 'Which ports from Edge to Director?');
    const answer = engineer.locator('.card').last();
    await expect.poll(() => answer.textContent()).toContain('DIR-6');
    if (picturesWanted) await engineer.screenshot({ path: `${pictures}answer.png` });

    await press(engineer, 'Request these ports');
    await press(engineer, 'Site A');
    await say(engineer, 'the new Director pool goes live and the Edge has to reach it');
    await say(engineer, 'UC platform team');
    await say(engineer, 'next friday 22:00 for an hour');
    await press(engineer, 'Yes');
    await press(engineer, '6 months');
    await say(engineer, 'remove the rule; calls go over pool B');
    const approver = await open('approver');
    await approver.getByRole('link', { name: '#approvals' }).click();
    await press(engineer, 'Submit');
    await stage.settle();

    const card = engineer.locator('.card', { hasText: 'FCR-1 ·' });
    await expect.poll(() => card.textContent()).toContain('waiting for Network approval');
    // The same document from here on: a reload would take the mark away.
    await engineer.evaluate('document.body.dataset.same = "yes"');
    const channelCard = approver.locator('.card', { hasText: 'FCR-1 ·' });
    await channelCard.waitFor();
    if (picturesWanted) await approver.screenshot({ path: `${pictures}approval.png` });
    await channelCard.getByRole('button', { name: 'Approve', exact: true }).click();
    await stage.settle();
    await expect.poll(() => card.textContent()).toContain('Approved by Ada Marin');
    await expect.poll(() => channelCard.textContent()).toContain('Approved by Ada Marin');
    expect(await channelCard.getByRole('button', { name: 'Approve', exact: true }).count()).toBe(0);
    expect(await engineer.getAttribute('body', 'data-same')).toBe('yes');
    if (picturesWanted) await engineer.screenshot({ path: `${pictures}approved.png` });
    expect(complaints).toEqual([]);
  });

  it('keeps what was typed when the server is away, and sends it once when it is back', async () => {
    const page = await open('security');
    await page.route('**/api/turns*', (route) => route.abort());
    await page.getByRole('textbox').fill('Who talks to the Director?');
    await page.keyboard.press('Enter');
    const retry = page.getByRole('button', { name: 'Try again' });
    await retry.waitFor();
    expect(await page.getByRole('textbox').inputValue()).toBe('Who talks to the Director?');
    await page.unroute('**/api/turns*');
    await retry.click();
    await page.locator('.bot .card').waitFor();
    expect(await page.getByText('Who talks to the Director?', { exact: true }).count()).toBe(1);
    expect(await page.getByRole('textbox').inputValue()).toBe('');
  });

  it('keeps what is being typed when it has to read everything again', async () => {
    const page = await open('security');
    await page.getByRole('link', { name: '#approvals' }).click();
    await page.getByRole('textbox').fill('half a sent');
    // A server that was restarted knows nothing of earlier events.
    const stream = 'retry: 50\nid: another-0\nevent: refresh\ndata: {}\n\n';
    await page.route('**/api/events*', (route) => route.fulfill({ contentType: 'text/event-stream', body: stream }));
    stage.interrupt();
    const others = await open('approver');
    await others.getByRole('link', { name: '#approvals' }).click();
    await others.getByRole('textbox').last().fill('written meanwhile');
    await others.keyboard.press('Enter');
    await page.getByText('written meanwhile').waitFor();
    expect(await page.getByRole('textbox').last().inputValue()).toBe('half a sent');
    expect(await page.getByText('written meanwhile').count()).toBe(1);
  });

  it('counts what came in while another conversation was open, and says it to a screen reader', async () => {
    const page = await open('implementer');
    await page.goto(`http://127.0.0.1:${stage.port}/?as=implementer&lang=en`);
    const channel = page.getByRole('link', { name: '#approvals' });
    await channel.locator('.badge').waitFor();
    await channel.click();
    await expect.poll(() => channel.locator('.badge').count()).toBe(0);
    const others = await open('approver');
    await others.getByRole('textbox').fill('my requests');
    await others.keyboard.press('Enter');
    await others.getByRole('link', { name: '#approvals' }).click();
    await others.getByRole('textbox').last().fill('hello everybody');
    await others.keyboard.press('Enter');
    await expect.poll(() => page.getByRole('status').textContent()).toContain('hello everybody');
  });

  it('is wholly usable on a narrow screen, in Chinese and in the dark', async () => {
    const page = await open('admin', { width: 400, height: 800 });
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await page.locator('.card', { hasText: 'FCR-1 ·' }).waitFor();
    await say(page, '从边缘服务器到控制器需要开哪些端口？');
    const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    expect(overflow).toBe(0);
    expect(await page.getAttribute('html', 'lang')).toBe('zh-CN');
  });

  it('copies an answer as text, and gives it to copy by hand where there is no clipboard', async () => {
    const page = await open('auditor');
    await page.evaluate('Object.defineProperty(navigator, "clipboard", { value: { writeText: () => Promise.reject(new Error("no")) } })');
    await say(page, 'Which ports from Edge to Director?');
    await page.getByRole('button', { name: 'Copy as text' }).click();
    const field = page.locator('.copy textarea');
    await field.waitFor();
    expect(await field.inputValue()).toContain('5061');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderSlackCard, renderSlackMessages } from '../../../src/adapters/slack/card.ts';
import { renderSlackModal } from '../../../src/adapters/slack/form.ts';
import { renderSlackHome } from '../../../src/adapters/slack/home.ts';
import { renderCopyModal, renderLoadingModal, renderNoticeModal } from '../../../src/adapters/slack/notice-modal.ts';
import { locales } from '../../../src/locale.ts';
import { loadTestKnowledge } from '../../support/knowledge.ts';
import { anyCard, anyForm, anyHome, anyText } from '../../support/slack-arbitraries.ts';
import { checkSlackMessage, checkSlackView } from '../../support/slack-limits.ts';

const { say } = loadTestKnowledge();
const runs = { numRuns: 30 };

describe("Slack's limits hold", () => {
  it('for every message of any card', () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        for (const message of renderSlackMessages(card, say)) expect(checkSlackMessage(message)).toEqual([]);
      }),
      runs,
    );
  });

  it('for any card as one message', () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        expect(checkSlackMessage(renderSlackCard(card, say))).toEqual([]);
      }),
      runs,
    );
  });

  it('for any card where Slack refuses its tables', () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        const messages = [...renderSlackMessages(card, say, 'lines'), renderSlackCard(card, say, 'lines')];
        for (const message of messages) expect(checkSlackMessage(message)).toEqual([]);
        expect(JSON.stringify(messages)).not.toContain('"type":"table"');
      }),
      runs,
    );
  });

  it('for any form as a modal', () => {
    fc.assert(
      fc.property(anyForm, (form) => {
        expect(checkSlackView(renderSlackModal(form, say))).toEqual([]);
      }),
      runs,
    );
  });

  it('for any home page', () => {
    fc.assert(
      fc.property(anyHome, (home) => {
        expect(checkSlackView(renderSlackHome(home, say).view)).toEqual([]);
      }),
      runs,
    );
  });

  it('for any cards in a modal', () => {
    fc.assert(
      fc.property(fc.array(anyCard, { maxLength: 3 }), fc.constantFrom(...locales), (cards, locale) => {
        expect(checkSlackView(renderNoticeModal(cards, locale, say).view)).toEqual([]);
        expect(checkSlackView(renderLoadingModal(locale, say))).toEqual([]);
      }),
      runs,
    );
  });

  it('for any text to be copied', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 40 }), (text, times) => {
        expect(checkSlackView(renderCopyModal(text.repeat(times), 'en', say))).toEqual([]);
      }),
      runs,
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderTeamsCard, renderTeamsMessages, renderTeamsRequestCard } from '../../../src/adapters/teams/card.ts';
import { renderTeamsForm } from '../../../src/adapters/teams/form.ts';
import { readTeamsAction } from '../../../src/adapters/teams/read-action.ts';
import { loadTestKnowledge } from '../../support/knowledge.ts';
import { anyCard, anyForm } from '../../support/teams-arbitrary.ts';
import { buttonsOf, checkTeamsCard, pressOf } from '../../support/teams-limits.ts';

const { say } = loadTestKnowledge();
/** Shrinking such large texts takes longer than reading them. */
const runs = { numRuns: 100, endOnFailure: true };

describe('whatever stands on it', () => {
  it('a card is within Teams’ limits, as one message and as several', () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        expect(checkTeamsCard(renderTeamsCard(card, { say }))).toEqual([]);
        expect(renderTeamsMessages(card, { say }).flatMap(checkTeamsCard)).toEqual([]);
      }),
      runs,
    );
  });

  it('a request’s card in a channel is within Teams’ limits', () => {
    fc.assert(
      fc.property(anyCard, fc.array(fc.uuid(), { maxLength: 100 }), (card, accounts) => {
        const showing = { card, views: { request: 'FCR-1', version: 1, accounts } };
        expect(checkTeamsCard(renderTeamsRequestCard(showing, { say, userId: (id) => `8:orgid:${id}` }))).toEqual([]);
      }),
      runs,
    );
  });

  it('a form is within Teams’ limits', () => {
    fc.assert(
      fc.property(anyForm, (form) => {
        expect(checkTeamsCard(renderTeamsForm(form, { say }))).toEqual([]);
      }),
      runs,
    );
  });

  it('what its buttons carry comes back as it was, from new clients and old', () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        const carried = card.actions.flatMap((action) => (action.kind === 'button' ? [{ action: action.action, data: action.data }] : []));
        const back = renderTeamsMessages(card, { say })
          .flatMap(buttonsOf)
          .map((button) => {
            const { execute, submit } = pressOf(button);
            const [read, older] = [
              readTeamsAction(JSON.parse(JSON.stringify(execute))),
              readTeamsAction(JSON.parse(JSON.stringify(submit))),
            ];
            expect(older).toEqual(read);
            return read?.kind === 'click' ? { action: read.action, data: read.data } : null;
          });
        const fitting = carried.filter(({ data }) => back.some((one) => JSON.stringify(one?.data) === JSON.stringify(data)));
        expect(back).toEqual(fitting);
      }),
      runs,
    );
  });
});

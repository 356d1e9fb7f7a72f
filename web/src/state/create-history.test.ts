import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHistory } from './create-history.js';

describe('createHistory', () => {
  it('goes back and forth over what was done, and names it', () => {
    const history = createHistory('empty');
    history.commit('score', 'scored');
    history.commit('colour', 'coloured');
    expect(history.undo()).toBe('colour');
    expect(history.present()).toBe('scored');
    expect(history.redo()).toBe('colour');
    expect(history.present()).toBe('coloured');
    expect(history.redo()).toBeUndefined();
  });

  it('takes steps of one merge word as one', () => {
    const history = createHistory('');
    for (const text of ['a', 'ab', 'abc']) history.commit('type', text, 'name');
    history.undo();
    expect(history.present()).toBe('');
  });

  it('does not merge what follows an undo into what was undone', () => {
    const history = createHistory('');
    history.commit('type', 'a', 'name');
    history.undo();
    history.redo();
    history.commit('type', 'ab', 'name');
    history.undo();
    expect(history.present()).toBe('a');
  });

  it('forgets what was undone once something else is done', () => {
    const history = createHistory(0);
    history.commit('one', 1);
    history.undo();
    history.commit('two', 2);
    expect(history.redo()).toBeUndefined();
  });

  it('makes no step of a state that is the same, nor of an amendment', () => {
    const history = createHistory(1);
    history.commit('same', 1);
    history.amend(2);
    expect(history.undo()).toBeUndefined();
    expect(history.present()).toBe(2);
  });

  it('keeps no more steps than its limit', () => {
    const history = createHistory(0, 3);
    for (let state = 1; state <= 10; state += 1) history.commit(`to ${state}`, state);
    while (history.undo() !== undefined);
    expect(history.present()).toBe(7);
  });

  it('comes back to any state by as many redos as undos', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 50 }), fc.nat({ max: 60 }), (states, back) => {
        const history = createHistory(-1);
        for (const state of states) history.commit('set', state);
        const before = history.present();
        let undone = 0;
        while (undone < back && history.undo() !== undefined) undone += 1;
        for (let step = 0; step < undone; step += 1) history.redo();
        return history.present() === before;
      }),
    );
  });
});

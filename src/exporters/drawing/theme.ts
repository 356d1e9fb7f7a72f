import type { HexColor } from './scene.js';

/** Colours of a drawing that do not come from the layer. */
export interface Theme {
  readonly page: HexColor;
  readonly text: HexColor;
  /** Text of less weight; 4.5 : 1 or more on the page. */
  readonly muted: HexColor;
  /** Edge of a cell; 3 : 1 on the page. */
  readonly border: HexColor;
  /** Edge of a box of the header. */
  readonly rule: HexColor;
  /** Behind the names of tactics. */
  readonly head: HexColor;
  /** Sign that a cell holds a comment. */
  readonly comment: HexColor;
}

/** The two themes; a picture for print is `light`. */
export const THEMES: Readonly<Record<'light' | 'dark', Theme>> = {
  light: {
    page: '#ffffff',
    text: '#111111',
    muted: '#5c6370',
    border: '#949494',
    rule: '#c3c8ce',
    head: '#eef0f3',
    comment: '#b45309',
  },
  dark: {
    page: '#15181c',
    text: '#f2f4f6',
    muted: '#a4acb6',
    border: '#6b737d',
    rule: '#3b424b',
    head: '#262c34',
    comment: '#f5b041',
  },
};

const set = (names: string): ReadonlySet<string> => new Set(names.split(' '));

/** Elements whose content nobody reads as text. */
export const UNREAD_ELEMENTS = set(
  'head script style template svg math canvas video audio iframe object embed applet map select datalist textarea button noscript rp rt',
);

/** Elements that stand on lines of their own. */
export const BLOCK_ELEMENTS = set(
  'address article aside blockquote body center details dialog dd dir div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre search section summary table tbody td tfoot th thead tr ' +
    'ul caption legend',
);

/** Elements of navigation, by name or `role`. */
export const NAVIGATION_ELEMENTS = set('nav aside footer menu search');
export const NAVIGATION_ROLES = set(
  'navigation banner contentinfo complementary dialog alertdialog search menu menubar toolbar tablist',
);

/** Words of `class` and `id` that say an element is not the article, each a whole word between `-` and `_`. */
export const BOILERPLATE_WORDS = set(
  'cookie cookies consent gdpr newsletter subscribe subscription share sharing social socials sharedaddy addtoany ' +
    'sidebar breadcrumb breadcrumbs related recommended recommendations comments disqus respond promo promotion advert ' +
    'adverts advertisement ads sponsor sponsored banner popup modal overlay menu nav navbar navigation footer masthead ' +
    'widget pagination pager skip skiplink sitemap toc tags taglist byline bio signup login search jp onetrust outbrain taboola',
);

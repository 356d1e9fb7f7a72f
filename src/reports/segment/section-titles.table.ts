import type { SectionKind } from '../sentence.js';

/** Headings of what an adversary does to detections and patches, which are no advice. */
export const ADVERSARY_TITLES =
  /\b(?:evad(?:e|es|ing)|evasion|avoid(?:s|ing|ance)?|bypass(?:es|ing)?|anti|circumvent(?:s|ing)?|disabl(?:e|es|ing)|impair(?:s|ing)?|defeat(?:s|ing)?|hid(?:e|es|ing)|low detection)\b/;

/**
 * What headings make of the section below them, the first that fits. Compared with the heading in lower case, without
 * numbering and punctuation, single spaces between words. Only what others write: a heading that fits none keeps the
 * section of the heading above it.
 */
export const SECTION_TITLES: readonly (readonly [kind: SectionKind, titles: RegExp])[] = [
  [
    'references',
    /^(?:(?:external |further |additional |other |selected |useful |related )?(?:references?|bibliography|sources?|citations?|footnotes?|endnotes?|works cited|resources|external links|reading list)(?: (?:and|&) (?:further reading|resources|links|notes))?|(?:further|additional|related|suggested) (?:reading|resources|links)|learn more|see also|read more)$/,
  ],
  [
    'boilerplate',
    /^(?:about (?:us|the (?:authors?|company|team|publisher))|contact(?: us| information| details)?|disclaimers?(?: of .*)?|legal(?: notice)?|copyright(?: notice)?|terms(?: of (?:use|service))?|privacy(?: (?:policy|notice))?|acknowledge?ments?|table of contents|contents|list of (?:figures|tables)|revisions?(?: history)?|version history|document (?:history|control)|change ?log|subscribe(?: .{1,40})?|newsletter|share(?: this(?: .{1,20})?)?|related (?:posts?|articles?|content|news|stories)|recommended (?:for you|articles?|reading)|you (?:may|might) also (?:like|be interested in)|more (?:from|like this)(?: .{1,40})?|comments?|leave a (?:comment|reply)|tags?|categories|authors?|tlp(?: .{1,20})?|how can .{1,40} help|get in touch|reporting|credits|follow us)$/,
  ],
  [
    'attack-table',
    /\bmitre\b|\batt ?& ?ck\b|^(?:observed |known |threat actor |associated )?ttps?(?: (?:table|summary|mapping|used|observed))?$|^attack (?:matrix|mapping|framework)|^(?:tactics?|techniques?)(?:,? (?:and |& )?(?:tactics?|techniques?|procedures?|sub ?techniques?))+(?: \(ttps?\))?$/,
  ],
  [
    'iocs',
    /\biocs?\b|^(?:.{0,40} )?indicators?(?: of (?:compromise|attack))?(?: \(.{0,20}\)?)?$|^(?:network|host|file|host based|network based|technical|atomic|compromise) indicators?|^(?:file |sample |malware )?hash(?:es)?(?: of .*)?$|^(?:md5|sha ?1|sha ?256)(?: hashes)?$|^(?:ips?|ip addresses|c2 (?:servers?|domains?)|c&c servers?|samples?|observables|file ?names|registry keys)$|^(?:malicious )?(?:domains?|urls?|ips?|ip addresses|files?|hashes)(?: (?:and|&) (?:domains?|urls?|ips?|ip addresses|files?|hashes))*$/,
  ],
  [
    'detection',
    /^(?:.{0,60}\b(?:detections?|detecting|yara|sigma|snort|suricata)\b.{0,60}|(?:threat )?hunting(?: (?:queries|guidance|opportunities|rules|tips|for .*))?|hunt (?:queries|packages?)|.{0,40}\bhunting (?:queries|rules|opportunities)|kql(?: queries)?|splunk(?: queries)?|(?:product )?coverage|signatures?|analytics?|how to hunt(?: .*)?|validate security controls)$/,
  ],
  [
    'mitigations',
    /^(?:.{0,60}\b(?:mitigations?|mitigating|remediations?|countermeasures?|hardening|workarounds?)\b.{0,60}|(?:incident )?response(?: (?:actions|steps|guidance))?|prevention(?: .{1,60})?|preventing .{1,60}|patch(?:es|ing)?|fix(?:es)?|solutions?|containment|(?:how|ways|steps) to (?:protect|prevent|defend|mitigate|stay safe|secure).{0,60}|protect(?:ing|ion)?(?: .{1,60})?|defend(?:ing|er guidance)?(?: .{1,60})?)$/,
  ],
  [
    'recommendations',
    /^(?:.{0,60}\b(?:recommendations?|recommended (?:actions?|steps|measures)|best practices|guidance|advice|lessons learn(?:ed|t)|next steps|action items|what (?:to do|you can do|should .{1,30} do)|takeaways for defenders|security (?:tips|controls|measures))\b.{0,60}|(?:customer |defensive |immediate |required )actions?(?: to take.*)?)$/,
  ],
  [
    'summary',
    /^(?:(?:executive |technical |threat |incident |case |report )?(?:summary|overview|abstract|synopsis)|tl ?;? ?dr|key (?:findings|points|takeaways|judge?ments|facts|insights)|highlights|at a glance|in brief|introduction|intro|foreword|preface|background|conclusions?|concluding remarks|final (?:thoughts|words|remarks)|closing(?: thoughts)?|outlook|wrap(?:ping)? ?up)$/,
  ],
];

/** Words in a rule's title, description or logsource that speak for one of two tactics. */
export interface TacticCue {
  /** For people. */
  readonly name: string;
  readonly tactic: 'stealth' | 'defense-impairment';
  /** Lower-case text. */
  readonly pattern: RegExp;
}

// What defends: products, logs and the settings that make them see.
const CONTROL =
  '(?:windows |microsoft |ms )?(?:defender|anti-?virus|anti-?malware|endpoint (?:protection|detection)|edr|av|sysmon|amsi|etw|firewall|smart ?screen|' +
  'security (?:tool|product|solution|software|service|feature|center|monitoring|event log|control|setting|warning|polic)\\w{0,12}|tamper protection|' +
  '(?:real-?time|cloud|network|web|lsa|credential|system|exploit|device) (?:protection|monitoring|guard)|' +
  '(?:event|script ?block|module|powershell|system|security) ?log(?:s|ging)?|logging|audit(?:ing|d)?(?: (?:log|polic|setting|rule)\\w{0,12}| service)?|' +
  'event ?log(?:ging|s)?(?: service)?|trace (?:log|provider|session)\\w{0,12}|flow logs?|cloudtrail|diagnostic settings|syslog\\w{0,12}|applocker|wdac|hvci|' +
  'virtuali[sz]ation.based security|macro (?:runtime|security|warning)\\w{0,12}|secret scanning|push protection|execution policy|selinux|apparmor|ppl|' +
  'signature (?:enforcement|verification|check)\\w{0,12}|threat protection|attack surface reduction)';
const WEAKEN =
  '(?:disabl|tamper|impair|turn\\w{0,3} off|stop|kill|terminat|unload|uninstall|blind|neutrali[sz]|weaken|suspend|unhook|remov|delet|drop|clear|flush|' +
  'patch|exclu|modif|alter|chang|manipulat)\\w{0,12}';

// A control behind such a preposition is where something was seen, not what was weakened: "deletion of buckets in CloudTrail logs".
// Nor does a phrase go on behind the end of a sentence.
const WORD = '(?!(?:in|via|through|by|using) )\\S{0,29}[^\\s.;:]';

// Written from MITRE's division of the two tactics and checked against SigmaHQ's rules (2026-08) that carry a technique as well;
// docs/migrate.md has the figures. Every pattern is bounded, so that no text takes long.
/** Cues of either tactic. */
export const TACTIC_CUES: readonly TacticCue[] = [
  {
    name: 'obfuscation',
    tactic: 'stealth',
    pattern: /obfuscat|\bencoded\b|base64|\bemojis?\b|homoglyph|right-to-left|\brtlo\b/,
  },
  {
    name: 'masquerading',
    tactic: 'stealth',
    pattern:
      /masquerad|\brenamed\b|\bfake (?:dll|extension|recycle|file|process)|double extension|disguis|lookalike|typosquat|process.name.spoof/,
  },
  {
    name: 'proxy execution',
    tactic: 'stealth',
    pattern:
      /lolbi?ns?\b|lolbas|living[- ]off[- ]the[- ]land|proxy execution|to proxy|rundll32|regsvr32|\bmshta\b|\bmshtml\b|regasm|regsvcs|installutil|msbuild|odbcconf|msiexec|\bcmstp\b|squiblydoo|mavinject|wscript|certutil|bitsadmin/,
  },
  {
    name: 'odd place',
    tactic: 'stealth',
    pattern:
      /(?:suspicious|uncommon|unusual|non[- ]default|abnormal) (?:\w{1,20} ){0,2}(?:locations?|director(?:y|ies)|folders?|paths?|drives?)\b/,
  },
  {
    name: 'odd process family',
    tactic: 'stealth',
    pattern:
      /\b(?:child|parent) process|\b(?:child|parent)(?:\/| or )(?:child|parent)\b|without image name|process tree|no command ?line/,
  },
  {
    name: 'code injection',
    tactic: 'stealth',
    pattern:
      /process injection|remote thread|hollowing|process ghosting|doppelg|reflective|side-?load/,
  },
  {
    name: 'hiding',
    tactic: 'stealth',
    pattern:
      /\bhid(?:e|es|den|ing)\b|alternate data stream|\bads\b|rootkit|steganograph|\bcovert|timestomp/,
  },
  {
    name: 'sandbox or debugger evasion',
    tactic: 'stealth',
    pattern: /sandbox|anti-?debug|virtual machine detection/,
  },
  {
    name: 'download of a file',
    tactic: 'stealth',
    pattern:
      /download cradle|file download|download(?:s|ed|ing)? (?:arbitrary|remote|a file|files)|downloaded from/,
  },
  {
    name: 'control weakened',
    tactic: 'defense-impairment',
    pattern: new RegExp(`\\b${WEAKEN} (?:${WORD} ){0,4}?${CONTROL}\\b`),
  },
  {
    name: 'control weakened',
    tactic: 'defense-impairment',
    pattern: new RegExp(
      `\\b${CONTROL} (?:${WORD} ){0,3}?(?:is |was |were |has been |have been |been )?(?:disabl|tamper|uninstall|turned off|delet|clear|stopped|modif)`,
    ),
  },
  {
    name: 'firewall opened',
    tactic: 'defense-impairment',
    pattern:
      /firewall (?:rule|exception|polic|profile|setting|configuration|address|has been)|advfirewall|iptables|\bufw\b|netfirewallrule|network acl|security group/,
  },
  {
    name: 'exclusion',
    tactic: 'defense-impairment',
    pattern:
      /\b(?:defender|antivirus|av|scan|asr|edr) exclusions?\b|exclusions? (?:\w{1,20} ){0,3}(?:defender|antivirus)|controlled folder access|attack surface reduction/,
  },
  {
    name: 'trust subverted',
    tactic: 'defense-impairment',
    pattern:
      /root certificate|(?:tamper|chang|bypass)\w{0,12} (?:\w{1,20} ){0,6}execution policy|execution policy (?:tamper|chang|bypass)|driver signature|attachment manager/,
  },
  {
    name: "log of the control's own",
    tactic: 'defense-impairment',
    pattern: /\bservice:(?:windefend|firewall-as)\b/,
  },
];

/** Words that both tactics use, or that make a cue of one of them unsafe: then nothing is decided. */
export const TACTIC_DOUBTS: Readonly<Record<'stealth' | 'defense-impairment' | 'both', RegExp>> = {
  both: /self[- ]?delet|deletion of its own|cover (?:its|their|up) (?:tracks|traces)|remov\w{0,5} (?:its |their |the |of |any )?(?:traces|evidence)|forensic|(?:command|console|shell|bash|browser) history/,
  stealth:
    /registry|\breg(?:edit|ini)?\.exe|reg add|lsass|\bamsi\b|\betw\b|defender|firewall|event ?log|\bevtx\b|\blog(?:s|ging)\b|zone\.identifier|certificate/,
  'defense-impairment': /sign-?ins?\b|log-?[io]ns?\b|\baccounts?\b|persist/,
};

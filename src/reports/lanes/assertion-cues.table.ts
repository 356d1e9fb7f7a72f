/** What the words around a mention make of it. */
export type AssertionStatus = 'asserted' | 'negated' | 'hedged' | 'advised' | 'hypothetical';

/** Words that change what a mention says. */
export interface AssertionCue {
  readonly status: AssertionStatus;
  /** What is left of the confidence, 0..1. */
  readonly factor: number;
  /** `after`: the cue reaches forward to the end of its clause; `before`: it speaks of what stands before it. */
  readonly reaches: 'after' | 'before';
  /** Words that the reach of the cue ends after; the whole clause when undefined. */
  readonly words: number | undefined;
  readonly pattern: string;
}

const NEGATED = 0.1;
const ADVISED = 0.35;
const HYPOTHETICAL = 0.4;

const BE = "(?:was|were|is|are|has been|have been|had been|be|being|been|wasn't|weren't|isn't)";
const ACTOR =
  '(?:attackers?|adversar(?:y|ies)|threat actors?|actors?|intruders?|hackers?|criminals?|malicious (?:users?|insiders?|persons?))';
const DEFENDER =
  '(?:organi[sz]ations?|defenders?|administrators?|admins?|users?|compan(?:y|ies)|enterprises?|businesses|security teams?|teams?|customers?|analysts?|network owners?|it staff|responders?|you|we|readers|victims)';

const cues = (
  base: Omit<AssertionCue, 'pattern'>,
  patterns: readonly string[],
): readonly AssertionCue[] => patterns.map((pattern) => ({ ...base, pattern }));

/** Cues that say no, perhaps, should and if. Where reaches overlap the lowest factor wins. */
export const ASSERTION_CUES: readonly AssertionCue[] = [
  ...cues({ status: 'negated', factor: NEGATED, reaches: 'after', words: 14 }, [
    // Alternatives are tried in order: the longer one first.
    '(?:was|were|is|are|has been|have been|had been|has|have|had) (?:not|never)(?: been)? (?:observed|seen|found|known|shown|identified|reported) (?:using|to|deploying|employing|performing|leveraging|executing|running|conducting|doing|abusing|with)',
    "(?:did|does|do|has|have|had|was|were|is|are|would|could|can) ?(?:not|n't|n’t)(?: been| be)?(?: (?:yet|ever|actually|previously))?",
    'cannot',
    'never',
    'no (?:\\w+ ){0,3}(?:evidence|signs?|indications?|traces?|proof|use|usage|attempts?|instances?|cases?|artifacts?|hint|mention)(?: (?:of|that|for|was|were))?',
    'without (?:any )?(?:using|the use of|use of|relying on|resorting to|having to|needing|requiring|employing)',
    'absence of',
    'lack(?:s|ed|ing)?(?: of| any| the)?',
    'neither',
    'nor',
    'unlike',
    'rather than',
    'instead of',
    'as opposed to',
    'in contrast (?:to|with)',
    'not (?:via|through|by|using|with|in|from|an?|the|related to|associated with|linked to|consistent with)',
    'rul(?:ed|es|ing) out',
    'ruled out',
    'no longer',
    'refrain(?:s|ed)? from',
    'free of',
    'avoid(?:s|ed|ing)? (?:using|the use of|use of)',
    'nothing (?:suggests|indicates|points to)',
    'none of (?:the|these|them)',
    'not',
  ]),
  ...cues({ status: 'negated', factor: NEGATED, reaches: 'after', words: 3 }, ['no', 'zero']),
  ...cues({ status: 'negated', factor: NEGATED, reaches: 'before', words: 6 }, [
    `${BE} (?:not|never)(?: been)? (?:observed|seen|used|found|identified|detected(?! by)|present|part|employed|deployed|attempted|recorded|noted|involved|successful|performed|exploited|leveraged|applicable|the case|among)`,
    "(?:wasn't|weren't|isn't) (?:observed|seen|used|found|identified|detected(?! by)|present|part|employed|deployed|attempted|involved)",
    '(?:has|have|had) (?:not|never) been (?:observed|seen|used|found|identified|detected(?! by)|employed|deployed|attempted)',
    'did not (?:occur|happen|take place|appear|play|feature)',
    `${BE} (?:ruled out|absent|missing|excluded)`,
    'played no (?:role|part)',
    'not (?:observed|seen|applicable|used|detected(?! by)|found|present)',
    'never (?:occurred|happened|took place|appeared)',
  ]),
  ...cues({ status: 'hedged', factor: 0.5, reaches: 'after', words: 16 }, [
    "(?:can ?not|could not|can't|do not|did not|not) (?:entirely |completely |fully )?(?:rule|exclude)(?: out)?",
    '(?:unclear|not clear|unknown|uncertain|unconfirmed|not known|undetermined|not certain) (?:if|whether|how|that)',
    'not necessarily',
    'possibly',
    'perhaps',
    'speculat(?:e|ed|es|ion) that',
    'low confidence',
    'suspect(?:s|ed|ing)?(?: (?:of|that|to))?',
    'alleged(?:ly)?',
    'unverified',
    'may or may not',
    'not (?:able|possible) to (?:confirm|verify)',
    'un(?:able) to (?:confirm|verify)',
    'could not (?:confirm|verify|determine)',
    'purported(?:ly)?',
  ]),
  ...cues({ status: 'hedged', factor: 0.7, reaches: 'after', words: 14 }, [
    'may(?: also)?(?: have)?',
    'might(?: also)?(?: have)?',
    'could(?: also)?(?: have)?',
    'potential(?:ly)?',
    'appear(?:s|ed)? to',
    'seem(?:s|ed|ingly)?(?: to)?',
    'believed? (?:to|that)',
    'is thought to',
    'moderate confidence',
    'medium confidence',
  ]),
  ...cues({ status: 'hedged', factor: 0.8, reaches: 'after', words: 14 }, [
    '(?:most |very |highly )?likely',
    'probabl[ye]',
    'presumabl[ye]',
    'apparently',
    'reportedly',
    'suggest(?:s|ed|ing)? (?:that|the)',
    'assess(?:es|ed)?(?: that| with)',
  ]),
  ...cues({ status: 'hedged', factor: 0.5, reaches: 'before', words: 6 }, [
    "(?:can ?not|could not|can't) be (?:confirmed|verified|ruled out|excluded|established|determined)",
    `(?:is|was|were|are|remains?) (?:possible|suspected|unconfirmed|unclear|unproven|unverified|unlikely)`,
  ]),
  ...cues({ status: 'advised', factor: ADVISED, reaches: 'after', words: undefined }, [
    `${DEFENDER} (?:\\w+ )?(?:should|must|can|need to|ought to|are (?:advised|encouraged|urged|recommended) to|may want to|may wish to|might consider|could consider|have to)`,
    'recommend(?:s|ed|ations?|ing)?',
    '(?:strongly )?advise(?:s|d)?(?: to| that)?',
    'best practices?',
    'it is (?:important|advisable|essential|critical|prudent|crucial|vital) (?:to|that)',
    'should (?:also |always |consider |carefully |closely |regularly |actively )*(?:monitor|block|disable|restrict|limit|review|audit|enforce|enable|implement|deploy|patch|update|hunt|watch|look|search|investigate|check|alert|log|detect|prevent|apply|ensure|avoid|configure|require|treat|isolate)\\w*',
    'consider (?:blocking|disabling|restricting|limiting|monitoring|removing|using|implementing|enabling|deploying|enforcing|auditing)',
    'block(?:s|ed|ing)? (?:the )?(?:use|execution|abuse|usage) of',
    '(?:protect(?:s|ion)?|defend(?:s|ing)?|defen[cs]es?|guard(?:s)?|safeguards?|countermeasures?|harden(?:s|ing)?) against',
    '(?:help|helps|helping) (?:to )?(?:detect|prevent|mitigate|block|stop|identify)',
    '(?:detects?|detection|detecting|alerts?|alerting|hunt(?:s|ing)?|monitor(?:s|ing)?|signatures?|coverage) (?:for|of|on|against)',
    '(?:sigma|yara|snort|suricata|detection|hunting|analytic|correlation|siem) (?:rules?|quer(?:y|ies)|analytics?) (?:\\w+ )?(?:for|to|that|which|detects?|detecting)',
    'mitigat(?:e|es|ed|ing|ions?)(?: for| of| against| the)?',
    'to (?:better )?(?:mitigate|defend|protect|hunt for|guard|monitor for|watch for|look for|alert on)',
    '(?:in order )?to (?:detect|prevent|block|stop) (?:the )?(?:use|abuse|execution|exploitation|attacks?|attempts?|intrusions?|adversar|attackers?|lateral|credential|malicious|such|this|these|phishing|ransomware|exfiltration|persistence|command)',
    'exercise|simulat(?:e|es|ed|ing) ',
  ]),
  ...cues({ status: 'advised', factor: ADVISED, reaches: 'before', words: 10 }, [
    `(?:should|must|need to|needs to|ought to) be (?:\\w+ly )?(?:block|disabl|monitor|restrict|limit|review|audit|enforc|patch|remov|investigat|treat|isolat|log|detect|prevent|turned off|prohibit|denied|flagged|alerted)\\w*`,
    `can be (?:\\w+ly )?(?:detected|prevented|mitigated|blocked|stopped|monitored|restricted|disabled|hunted)`,
    'is (?:detected|prevented|blocked|mitigated) by',
    'are (?:detected|prevented|blocked|mitigated) by',
  ]),
  ...cues({ status: 'hypothetical', factor: HYPOTHETICAL, reaches: 'after', words: undefined }, [
    `(?:if|when|once|should|where) (?:an?|the|one|any) (?:\\w+ )?${ACTOR}`,
    `(?:if|should) (?:attackers|adversaries|threat actors|hackers|compromised|exploited|abused|successful|left unpatched|someone|you|it were)`,
    `(?:an?|any) (?:\\w+ ){0,2}${ACTOR} (?:who \\w+ )?(?:can|could|may|might|would)`,
    `(?:would|could|might|may|can) (?:also )?(?:allow|enable|let|permit) (?:an?|the|any|remote|unauthenticated) (?:\\w+ ){0,2}${ACTOR}`,
    `allow(?:s|ing)? (?:an? |any |remote |unauthenticated |local )+(?:\\w+ ){0,2}${ACTOR} to`,
    'were to',
    'would (?:allow|enable|be able to|let|permit|be possible)',
    'in (?:the )?(?:case|event) (?:of|that)',
    'hypothetical(?:ly)?',
    'suppose that',
    'theoretical(?:ly)?',
    'in theory',
    'imagine',
    'what if',
    'proof[- ]of[- ]concept',
  ]),
];

/** Imperatives at the head of a sentence or list item: advice. */
export const ADVICE_VERBS =
  "(?:please )?(?:block|disable|restrict|monitor|enable|limit|enforce|implement|ensure|consider|deploy|review|audit|detect|prevent|configure|require|apply|train|hunt|look for|watch for|investigate|segment|patch|update|upgrade|turn off|log|alert on|search for|check|avoid|do not|don't|never|make sure|establish|maintain|adopt|keep|harden|educate|isolate|whitelist|allowlist|blacklist|deny|prohibit|set up|rotate|reset|use (?!of\\b)|protect|mitigate|remove|uninstall|inspect|baseline|track|analy[sz]e|scan|verify|identify|mitigation|detection|recommendation)s?\\b";

/** Words that take the sting out of a cue that they hold; nothing between their ends counts as one. */
export const PSEUDO_CUES: readonly string[] = [
  'not (?:only|just|merely|simply|solely|limited to|least|unlike|uncommon|unusual|surprising(?:ly)?|without|alone|long after|far)',
  '(?:did|does|do|was|were|is|are) not (?:only|just|merely|simply|solely|limited to|stop (?:at|there|with)|fail to|hesitate to|confined to|restricted to|unusual|uncommon|surprising|alone|the first|the last)',
  "(?:didn't|doesn't|wasn't|isn't) (?:only|just|stop|limited)",
  'no (?:doubt|surprise|secret|less|fewer|sooner|different|matter|other than|exception|stranger)',
  'without (?:a |any )?(?:doubt|exception|being (?:detected|noticed|seen)|detection|raising|alerting|writing|touching|user (?:interaction|consent|knowledge)|the (?:user|victim|knowledge|consent))',
  '(?:was|were|is|are|went|remained) (?:not|never) (?:detected|noticed|blocked|stopped|flagged|caught) by',
  'never before (?:seen|documented|reported)',
  'not (?:previously|yet) (?:been )?(?:documented|reported|known|seen|described|publicly)',
  'nothing (?:but|other than|more than)',
  'in may|may (?:19|20)\\d\\d|may \\d{1,2}\\b',
  '(?:to |and |that |which )?(?:avoid|evad|bypass|escap|thwart|hinder|circumvent|imped|frustrat|resist|prevent)(?:e|es|ed|ing|s)? (?:\\w+ ){0,2}(?:detection|analysis|monitoring|logging|alerts?|defen[cs]es|protections?|recovery|removal|antivirus|forensics?)',
  '(?:fail(?:s|ed|ing)?|unable|not able|too late) to (?:detect|prevent|block|stop|mitigate|notice)',
  '(?:no|not) (?:longer )?(?:a )?(?:patch|fix|mitigation) (?:was|is|exists|available)',
  'could be (?:attributed|traced|linked)',
  '(?:what|which) (?:appears?|seems?) to be',
  'could (?:then|now|later|subsequently|therefore|thereby)',
  'as (?:long|far) as',
];

/** Words that end the reach of a cue. */
export const TERMINATORS =
  '\\b(?:but|however|although|though|yet|instead|whereas|while|nevertheless|nonetheless|still|except(?: for)?|apart from|aside from|besides|otherwise|because|since|then|after which|even so|only to|and (?:then|instead|later|subsequently|also|they|it|the (?:actor|attacker|group|malware|operator|adversar)\\w*)|so (?:they|it|the)|which (?:then|they|it|was|were|is)|who (?:then|later))\\b|[;\\n\\t]|[.!?:](?=\\s)|, (?:they|it|he|she|we|the (?:actor|attacker|group|malware|operator|adversar|backdoor|loader|implant)\\w*|\\w{3,}ing (?:the|a|an|its|their|his|all|several|two|multiple)|and (?:was|were|is|used|uses|dumped|stole|ran|executed|deployed|moved))\\b';

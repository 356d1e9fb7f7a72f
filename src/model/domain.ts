/** The three ATT&CK domains, in MITRE's own spelling and order. */
export const DOMAINS = ['enterprise-attack', 'mobile-attack', 'ics-attack'] as const;

/** One ATT&CK knowledge base: Enterprise, Mobile or ICS. */
export type Domain = (typeof DOMAINS)[number];

export function isDomain(value: unknown): value is Domain {
  return (DOMAINS as readonly unknown[]).includes(value);
}

// Source: ATT&CK Navigator layer formats 1.x–4.x, which named the domains differently before 4.0.
const OLD_NAMES: Readonly<Record<string, Domain>> = {
  'mitre-enterprise': 'enterprise-attack',
  'mitre-mobile': 'mobile-attack',
  'mitre-ics': 'ics-attack',
  enterprise: 'enterprise-attack',
  mobile: 'mobile-attack',
  ics: 'ics-attack',
};

/**
 * A domain from any spelling in use: `enterprise-attack`, `enterprise`, `mitre-enterprise`, any case.
 *
 * @returns undefined when the text names no domain.
 */
export function parseDomain(text: string): Domain | undefined {
  const name = text.trim().toLowerCase();
  return isDomain(name) ? name : OLD_NAMES[name];
}

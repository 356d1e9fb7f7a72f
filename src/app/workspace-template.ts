/** A new portolan.yaml: every entry is there, explained, and may be left as it is. */
export function toWorkspaceYaml({
  name,
  attackVersion,
  store,
}: {
  readonly name: string;
  readonly attackVersion: string;
  readonly store: string | undefined;
}): string {
  const storeLine =
    store === undefined
      ? '# store: postgres://portolan@db.example.com/portolan'
      : `store: ${JSON.stringify(store)}`;
  return `# A Portolan workspace. Every entry may be left out; docs/workspace.md explains each.
# Keep this file, rules/ and layers/ in git; portolan.db is no text and stays out of it.

# What it is called in reports and in the browser.
name: ${JSON.stringify(name)}

# The release of ATT&CK that results are shown in. Input of other releases is carried over.
attack-version: "${attackVersion}"

# Where results are kept: the file portolan.db in this folder, or PostgreSQL. A password never stands here: it comes from
# PGPASSWORD or from a password file (~/.pgpass).
${storeLine}

# What is to be defended. Reports, gaps and priorities are about this and nothing else.
scope:
  # Systems and services by the names that you use.
  systems: []
  # - mail
  # - payroll

  # Network segments.
  segments: []
  # - office
  # - production

  # Business units.
  business-units: []
  # - finance

  # Platforms as ATT&CK names them: Windows, Linux, macOS, IaaS, SaaS, Identity Provider, Office Suite, Containers,
  # Network Devices, ESXi. None: all.
  platforms: []
  # - Windows
  # - Linux

  # enterprise-attack, mobile-attack, ics-attack.
  domains: [enterprise-attack]

# Who would attack you: both choose among ATT&CK's groups.
# sector: finance
# region: europe

# How mappings are made here.
standards:
  # Mappings less sure than this (0 to 1) are saved, and not shown at first.
  # min-confidence: 0.5

  # For people who accept and reject mappings.
  # note: Accept only what you have seen in the event itself.
`;
}

/** Logsource → field that rules use and no reader gives → why. */
export const FIELDS_OF_NO_LOG: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'azure//signinlogs': { ActivityDetails: 'the name of a view of the portal; no export has it' },
  'macos/process_creation/': { OriginalFileName: 'part of Windows programs' },
  '/firewall/': { blocked: 'of the one firewall that the rule`s author had' },
};

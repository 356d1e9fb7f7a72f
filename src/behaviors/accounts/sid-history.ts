import type { Behavior, Detector } from '../behavior.js';
import { NONE } from '../burst-behavior.js';
import { refer } from '../refer.js';

/** T1134.005: an account that counts as another one. */
export const sidHistory: Behavior = {
  name: 'sid-history',
  title: 'SID history added to an account',
  techniqueIds: ['T1134.005'],
  level: 'high',
  watches: 'Windows 4765 and 4766, and 4738/4742 whose SidHistory has a value.',
  thresholds:
    "Any. A SID of the account's own domain (the same but for its last number) has 0.9: migrations bring SIDs of other domains.",
  falsePositives: 'Migration of accounts from another domain.',
  events: [{ service: 'security', eventIds: [4738, 4742, 4765, 4766] }],
  start: (): Detector => ({
    take(reading) {
      const history = reading.text('SourceSid', 'SidHistory', 'SidList');
      const isNamed = reading.eventId === 4765 || reading.eventId === 4766;
      if (!isNamed && !/S-1-5-21-/.test(history)) return NONE;
      const domainOf = (sid: string): string => /S-1-5-21-\d+-\d+-\d+/.exec(sid)?.[0] ?? '';
      const own = domainOf(reading.text('TargetSid'));
      const isSameDomain = own !== '' && own === domainOf(history);
      return [
        {
          techniqueIds: ['T1134.005'],
          confidence: isSameDomain ? 0.9 : 0.7,
          reason: isSameDomain ? 'a SID of the own domain' : 'a SID of another account',
          evidence: [
            refer(reading, [
              'SourceUserName',
              'SourceSid',
              'TargetUserName',
              'TargetSid',
              'SidHistory',
              'SubjectUserName',
            ]),
          ],
        },
      ];
    },
    retained: () => 0,
  }),
};

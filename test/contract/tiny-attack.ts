import { indexByAttackId } from '../../src/attack/index-by-attack-id.js';
import { indexRelations } from '../../src/attack/index-relations.js';
import {
  type AttackObject,
  buildKnowledgeBase,
  type KnowledgeBase,
  type Matrix,
  type Tactic,
  type Technique,
} from '../../src/attack/lookup.js';
import type { StixId, TechniqueId } from '../../src/model/index.js';

const DATE = '2020-01-01T00:00:00.000Z';

function stixId(type: string, number: number): StixId {
  return `${type}--00000000-0000-4000-8000-${String(number).padStart(12, '0')}` as StixId;
}

const BASE = {
  aliases: [],
  version: '1.0',
  created: DATE,
  modified: DATE,
  domains: ['enterprise-attack'],
} as const;

function tactic(number: number, attackId: string, name: string): Tactic {
  return {
    ...BASE,
    kind: 'tactic',
    attackId,
    stixId: stixId('x-mitre-tactic', number),
    name,
    status: 'active',
    platforms: [],
    shortname: name.toLowerCase().replaceAll(' ', '-'),
  };
}

let count = 0;

function technique(
  id: string,
  name: string,
  rest: {
    readonly tactics: readonly string[];
    readonly platforms?: readonly string[];
    readonly status?: Technique['status'];
  },
): Technique {
  count += 1;
  return {
    ...BASE,
    kind: 'technique',
    attackId: id as TechniqueId,
    stixId: stixId('attack-pattern', count),
    name,
    status: rest.status ?? 'active',
    platforms: rest.platforms ?? ['Windows', 'Linux'],
    tactics: rest.tactics,
    isSubtechnique: id.includes('.'),
    parentId: id.includes('.') ? (id.slice(0, 5) as TechniqueId) : undefined,
  };
}

/**
 * A made-up ATT&CK of three tactics: T9001 with three sub-techniques (one for macOS only), T9002 in two tactics, T9003
 * for Linux with a sub-technique for macOS, T9008 revoked by T9004, T9009 deprecated.
 */
export function tinyAttack(): KnowledgeBase {
  count = 0;
  const execution = ['execution'];
  const tactics = [
    tactic(1, 'TA9001', 'Initial Access'),
    tactic(2, 'TA9002', 'Execution'),
    tactic(3, 'TA9003', 'Command and Control'),
  ];
  const techniques = [
    technique('T9001', 'Command Interpreter', { tactics: execution }),
    technique('T9001.001', 'Power Shell', { tactics: execution, platforms: ['Windows'] }),
    technique('T9001.002', 'Apple Script', { tactics: execution, platforms: ['macOS'] }),
    technique('T9001.003', 'Unix Shell', { tactics: execution, platforms: ['Linux', 'macOS'] }),
    technique('T9002', 'Valid Accounts', { tactics: ['initial-access', 'execution'] }),
    technique('T9003', 'Remote Access Tools', {
      tactics: ['command-and-control'],
      platforms: ['Linux'],
    }),
    technique('T9003.001', 'Screen Sharing', {
      tactics: ['command-and-control'],
      platforms: ['macOS'],
    }),
    technique('T9004', 'Drive-by Compromise', { tactics: ['initial-access'] }),
    technique('T9005', 'Non-Application Layer Protocol', { tactics: ['command-and-control'] }),
    technique('T9006', 'Phishing/Spearphishing', { tactics: ['initial-access'] }),
    technique('T9008', 'Old Compromise', { tactics: ['initial-access'], status: 'revoked' }),
    technique('T9009', 'Forgotten', { tactics: execution, status: 'deprecated' }),
  ];
  const idOf = (id: string): StixId =>
    techniques.find(({ attackId }) => attackId === id)?.stixId ?? stixId('attack-pattern', 0);
  const matrix: Matrix = {
    ...BASE,
    kind: 'matrix',
    attackId: 'enterprise-attack',
    stixId: stixId('x-mitre-matrix', 1),
    name: 'Tiny',
    status: 'active',
    platforms: [],
    tacticIds: tactics.map((each) => each.stixId),
  };
  const objects = [matrix, ...tactics, ...techniques];
  return buildKnowledgeBase({
    domains: ['enterprise-attack'],
    version: '99.1',
    source: 'catalogue',
    byStixId: new Map(objects.map((object) => [object.stixId, object])),
    byAttackId: indexByAttackId<AttackObject>(objects),
    relations: indexRelations([
      { type: 'revoked-by', sourceId: idOf('T9008'), targetId: idOf('T9004'), stixId: undefined },
    ]),
  });
}

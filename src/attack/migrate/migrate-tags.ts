import { migrateTechnique, type Span, tacticsBefore } from './migrate-technique.js';
import type {
  AddedTactic,
  MigrationDecision,
  TacticMigration,
  TagsMigration,
  TagsQuestion,
  TechniqueMigration,
} from './migration.js';
import { relatedTactics } from './move-pair.js';
import { weighTactic } from './weigh-tactic.js';

/** A technique of a rule, with its tactics before and after. */
interface Carrier {
  readonly oldId: string;
  readonly newId: string;
  readonly oldTactics: readonly string[];
  readonly newTactics: readonly string[];
}

/**
 * Moves the techniques and tactics of one rule or record. A tactic that the wanted version knows stays, since it is the author's
 * own word; one that it does not know gives way to what its techniques have instead; without such a technique, the text decides.
 */
export function migrateTags(question: TagsQuestion, span: Span): TagsMigration {
  const techniques = question.techniqueIds.map((techniqueId) =>
    migrateTechnique({ ...question, techniqueId, tactic: undefined }, span),
  );
  const carriers = techniques.flatMap((migration) => toCarrier(migration, span));
  const tactics = question.tactics.map((tactic) =>
    moveTactic(tactic, { question, carriers, span }),
  );
  return {
    kind: 'tags-migration',
    from: span.from.version,
    to: span.to.version,
    techniques,
    tactics,
    added: addTactics({ question, carriers, span }, tactics),
  };
}

function toCarrier({ techniqueId, targets }: TechniqueMigration, span: Span): readonly Carrier[] {
  const oldTactics = tacticsBefore(techniqueId, span);
  return targets.flatMap((target) => {
    const technique = span.to.active(target.techniqueId);
    if (technique === undefined) return [];
    return [
      { oldId: techniqueId, newId: technique.attackId, oldTactics, newTactics: technique.tactics },
    ];
  });
}

interface Rule {
  readonly question: TagsQuestion;
  readonly carriers: readonly Carrier[];
  readonly span: Span;
}

type Answer = Pick<TacticMigration, 'targets' | 'decision' | 'reason'> & {
  readonly alternatives?: readonly string[];
};

function moveTactic(tactic: string, rule: Rule): TacticMigration {
  const { span } = rule;
  const {
    targets,
    decision,
    reason,
    alternatives = [],
  } = span.to.tactics.includes(tactic) ? keepTactic(tactic, rule) : replaceTactic(tactic, rule);
  return {
    kind: 'tactic-migration',
    tactic,
    from: span.from.version,
    to: span.to.version,
    targets,
    decision,
    reason,
    changed: targets.length !== 1 || targets[0] !== tactic,
    alternatives,
  };
}

function keepTactic(tactic: string, { carriers, span }: Rule): Answer {
  const left = carriers.find(
    ({ oldTactics, newTactics }) => oldTactics.includes(tactic) && !newTactics.includes(tactic),
  );
  const isCarried = carriers.some(({ newTactics }) => newTactics.includes(tactic));
  if (left === undefined || isCarried) {
    return { targets: [tactic], decision: 'automatic', reason: `${tactic} stays` };
  }
  return {
    targets: [tactic],
    decision: 'suggested',
    reason: `${left.newId} is not under ${tactic} in ATT&CK ${span.to.version}; kept as the author's own word`,
  };
}

function replaceTactic(tactic: string, rule: Rule): Answer {
  const { carriers, span, question } = rule;
  const related = relatedTactics(tactic, span.to);
  const leaving = carriers.filter(({ oldTactics }) => oldTactics.includes(tactic));
  if (leaving.length > 0) return followCarriers(tactic, { leaving, related, span, question });
  const [only] = related;
  if (only === undefined) {
    const known = span.editions.some(({ tactics }) => tactics.includes(tactic));
    return {
      targets: [tactic],
      decision: 'needs-person',
      reason: `${tactic} is ${known ? `no tactic of ATT&CK ${span.to.version}` : 'in no known ATT&CK version'}; kept`,
    };
  }
  if (related.length === 1) {
    return {
      targets: [only],
      decision: 'automatic',
      reason: `${tactic} was ${only} in ATT&CK ${span.to.version}`,
    };
  }
  return decideByText(tactic, { related, question, span });
}

interface Leaving {
  readonly leaving: readonly Carrier[];
  readonly related: readonly string[];
  readonly span: Span;
  readonly question: TagsQuestion;
}

function followCarriers(tactic: string, { leaving, related, span, question }: Leaving): Answer {
  const gained = span.to.tactics.filter((name) =>
    leaving.some(
      ({ oldTactics, newTactics }) => newTactics.includes(name) && !oldTactics.includes(name),
    ),
  );
  const relatedGain = gained.filter((name) => related.includes(name));
  // Backwards: what the author could have said in the newer version and did not is not put in his mouth.
  const targets = !span.isForward && relatedGain.length > 0 ? relatedGain : gained;
  const ids = [...new Set(leaving.map(({ newId }) => newId))].join(', ');
  if (targets.length > 0) {
    return {
      targets,
      decision: 'automatic',
      reason: `${ids}: ${tactic} became ${targets.join(', ')} in ATT&CK ${span.to.version}`,
    };
  }
  const remaining = span.to.tactics.filter((name) =>
    leaving.some(({ newTactics }) => newTactics.includes(name)),
  );
  if (remaining.some((name) => question.tactics.includes(name))) {
    return {
      targets: [],
      decision: 'automatic',
      reason: `${ids}: left ${tactic} for none in ATT&CK ${span.to.version}; ${remaining.join(', ')} remains`,
    };
  }
  if (remaining.length === 0) {
    return { targets: [tactic], decision: 'needs-person', reason: `${ids}: has no tactic; kept` };
  }
  return {
    targets: remaining,
    decision: 'suggested',
    reason: `${ids}: left ${tactic} for none in ATT&CK ${span.to.version}; now ${remaining.join(', ')}`,
  };
}

function decideByText(
  tactic: string,
  { related, question, span }: Omit<Leaving, 'leaving'>,
): Answer {
  const verdict = weighTactic(question);
  const became = `${tactic} became ${related.join(' and ')} in ATT&CK ${span.to.version}, and no technique of it decides`;
  if (verdict.tactic === undefined || !related.includes(verdict.tactic)) {
    return {
      targets: [tactic],
      decision: 'needs-person',
      reason: `${became}; ${verdict.reason}; kept`,
      alternatives: related,
    };
  }
  return {
    targets: [verdict.tactic],
    decision: verdict.decision satisfies MigrationDecision,
    reason: `${became}; ${verdict.reason}`,
    alternatives: related.filter((name) => name !== verdict.tactic),
  };
}

function addTactics(
  { question, carriers, span }: Rule,
  moved: readonly TacticMigration[],
): readonly AddedTactic[] {
  const present = new Set([...question.tactics, ...moved.flatMap(({ targets }) => targets)]);
  const added: AddedTactic[] = [];
  for (const { newId, oldTactics, newTactics } of carriers) {
    // A rule that names no tactic of the technique gets none: its author leaves tactics out.
    if (!oldTactics.some((name) => question.tactics.includes(name))) continue;
    for (const tactic of newTactics) {
      if (oldTactics.includes(tactic) || present.has(tactic)) continue;
      if (!span.isForward && span.from.tactics.includes(tactic)) continue;
      present.add(tactic);
      added.push({
        tactic,
        techniqueId: newId,
        reason: `${newId} is under ${tactic} in ATT&CK ${span.to.version}, not in ${span.from.version}`,
      });
    }
  }
  return added;
}

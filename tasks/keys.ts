/** Of a task that changes something by the way that --via names. */
const SUBMITTED = {
  dao: "Slug of the DAO",
  dryRun: "Whether nothing was sent or written",
  via: "`signer`, `safe` or `proposal`",
  transactions: "Hashes of what was sent",
  files: "What was written: Safe transactions to be signed, or drafts of proposals",
} as const;

/** Of a task that moves a proposal on. */
const STEP = {
  ...SUBMITTED,
  account: "Who took the step",
  proposal: "As it is after it; see `proposal list`",
} as const;

const ISSUERS =
  "Each role that awards badges: `role` (decimal string), `name`, `kinds` (names of the kinds that it awards), `members` (`account`, `delay` in seconds), `ends` (whether it ends with the handover)";

/** Of a task that hands power over. */
const HANDED_OVER = {
  ...SUBMITTED,
  phase: "`from`, `to`: what is done moves the DAO from one phase to the other",
  ended: "What ends with it, in words",
  issuers: `Whose appointments end with it. ${ISSUERS}`,
} as const;

/** Of a task with --relay. */
const RELAYED =
  "With --relay, what the relay made of it: `url`, `job`, `state` (`confirmed` or `final`; `waiting` where it can't be done before a moment), `transaction` (hash, or null); null or not there without it";

const ACTIONS =
  "Each call: `contract`, `to`, `signature`, `args` (`name`, `type`, `value`, `text`), `value` (wei), `data`, `changes` (`name`, `from`, `to` of a setting), `irreversible` (why, or null), `simulation` (`ok`, and `result` or `reason`)";

/** Of what asks pages not to show an idea, or to show it again. */
const HIDDEN = {
  ...SUBMITTED,
  idea: "Its number on the chain",
  name: "What people call it, such as `3-12`",
  hidden: "Whether it is hidden after that",
  reason: "The public reason",
} as const;

/** What supports an idea. */
const WEIGHT = "What each has more, a decimal string: voices, or 10^-8 tokens where votes count";

const CALLS =
  "Each, the newest first: `number`, `question`, `state` (`ideas`, `support` or `final`), `snapshot` (when ideas are taken no more, and what counts is counted), `end`, `isPoll`, `ideas` (how many), `leaders` (those that win at this moment, the first one first: `idea`, `name`, `tally`), `opener`, `rules` (`uri`, `hash`), `ideasPerMember`, `winners`, `counting`, `choice`, `memberDays`, `badgeKind` (or null), `byTreasury`, `blockNumber`, `transaction`";

const IDEA =
  "`id` (its number on the chain), `name` (`3-12`), `call`, `author` (null for an option of a poll), `title`, `uri`, `text` (what is in the URI itself, or null), `contentHash` (or null), `status` (`submitted`, `withdrawn`, `adopted` or `shipped`), `hidden`, `tally` (decimal string: voices, or 10^-8 tokens where votes count), `supporters`, `rank` (its place among the winners, or null), `steps` (`what`, `by`, `reason`, `uri`, `badge`, `blockNumber`, `transaction`)";

const PASS =
  "`number`, `holder`, `title` (`rank`, `name`; or null), `ranks`, `points`, `memberSince` (timestamp, or null)";

const CONDITIONS =
  "each `subject`, `group` (all of a group are needed, and one group is enough), `kind` (or null), `amount`";

const PERK = `\`number\`, \`name\`, \`uri\`, \`once\`, \`byPass\`, \`closed\`, \`conditions\`: ${CONDITIONS}`;

/** What a task prints with `--json`: its keys, and what each is. Amounts are decimal strings in the smallest unit. */
export const JSON_KEYS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "dao launch": {
    record: "The DAO's record, as it is kept in deployments/",
    audit: "`checks`: how many things were compared; `failed`: those that aren't as the brand file says",
    dryRun: "With --dry-run, instead: `true`, beside the whole plan (addresses, roles, gas, cost, warnings)",
  },
  "dao status": {
    name: "Name of the DAO",
    symbol: "Symbol of its token",
    phase: "`brand-led`, `shared` or `community`",
    vetoUntil: "Timestamp until which the Safe may veto; 0 for no veto",
    communityDate: "Timestamp from which on anyone may hand over to the community",
    safe: "`address`, `version`, `owners`, `threshold`",
    isRecordsSafe: "Whether it is the Safe that the record names; if not, nothing is to be signed for it",
    strangeModules:
      "What the record calls a module of the DAO and isn't one: each `code`, `place`, `message`, `remedy`, `data`; nothing is to be signed for it",
    treasury: "`wei`, `tokens`",
    supply: "`total`, `cap`, `circulating`, `contributionVotes`, `mintable`",
    governance:
      "`votingDelay`, `votingPeriod`, `timelockDelay`, `gracePeriod` in seconds; `proposalThreshold`, `quorum`",
    badges:
      "`awarded`, `kinds`, `points`, `season`, `seasonEnds`, `seasonPoints`, `seasonPointsLimit`, `halted`, `claims` (of the season before: `season`, `opens`, `closes`; null in the first), `recoveries` (`requested` in this season, `limit`)",
    contracts: "Address of each contract",
    board: "The idea board: `address`, `calls` (how many); null where the DAO has none",
    pass: "The membership pass: `address`, `kind` (number of the kind of badge that entitles to one; 0 for none), `perks` (how many); null where the DAO has none",
  },
  "dao verify": {
    dao: "Slug of the DAO",
    release: "The release that it was launched with, or null",
    passed: "Whether all of its code is known",
    checks: "Each: `area`, `name`, `expected`, `actual`, `ok`; of code, the hashes",
  },
  "dao enable-modules": {
    ...SUBMITTED,
    modules: "Where each of the modules is, or will be: `board`, `pass`",
  },
  "dao audit": {
    dao: "Slug of the DAO",
    passed: "Whether everything is as the brand file says",
    checks: "Each comparison: `area`, `name`, `expected`, `actual`, `ok`",
    proof:
      "With --prove, what was tried: `phase`, `block`, `calls` (how many), `accounts` (`account`, `as`, `may`: what it was let in to), `issuers` (see `dao phase`), `closed` (what was closed to everybody, and so wasn't proven); null without it",
  },
  "dao phase": {
    dao: "Slug of the DAO",
    phase: "`brand-led`, `shared` or `community`",
    safe: "The brand's Safe",
    guardian: "Who may veto; null for nobody",
    vetoUntil: "Timestamp at which the veto ends, or ended; 0 where there was none",
    communityDate: "Timestamp from which on anyone may hand over",
    halted: "Whether awards, claims and recoveries are halted",
    steps:
      "The steps that are left, the next one first: `step` (`end-veto` or `hand-over`), `from`, `to` (phases), `due` (timestamp), `isDue`, `by` (`itself` or `anyone`), `safeCan` (whether the Safe can take it now), `ends` (what ends, in words)",
    issuers: ISSUERS,
  },
  "dao phase advance": HANDED_OVER,
  "dao resign": HANDED_OVER,
  "dao veto": STEP,
  "dao halt": {
    dao: "Slug of the DAO",
    dryRun: "Whether nothing was sent",
    account: "Who halts",
    transaction: "Hash; null in a dry run",
  },
  "dao resume": SUBMITTED,
  "dao export": {
    folder: "Where the files are",
    files: "Their paths in it",
  },
  "dao page": {
    folder: "Where the page is",
    files: "Paths of its files",
    snapshot: "Final block up to which the folder has what the DAO logged; null for none",
  },
  "proposal create": {
    dao: "Slug of the DAO",
    dryRun: "Whether nothing was sent",
    account: "Who proposes",
    id: "The governor's number of it, a decimal string",
    title: "Its title",
    actions: ACTIONS,
    description: "The whole text as it goes on chain",
    transaction: "Hash; null in a dry run",
    proposal: "As in `proposal list`; null in a dry run",
  },
  "proposal list": {
    dao: "Slug of the DAO",
    proposals:
      "All of them, the newest first: `number`, `id` (a decimal string), `title`, `state` (`Pending`, `Active`, `Canceled`, `Defeated`, `Succeeded`, `Queued`, `Expired` or `Executed`), `proposer`, `snapshot`, `deadline`, `extended` (whether a late quorum prolonged the vote), `eta` (from when on it can be executed, or null), `tally` (`for`, `against`, `abstain`), `quorum` (votes for and abstaining that it needs), `voters` (how many have voted)",
  },
  "proposal show": {
    dao: "Slug of the DAO",
    number: "This key and those below are as in `proposal list`",
    id: "A decimal string",
    title: "Its first heading",
    state: "One of the governor's eight",
    proposer: "Address",
    nickname: "What its proposer wants to be called; null for nothing",
    snapshot: "Whose votes count is decided then",
    deadline: "Last second in which votes can be cast",
    extended: "Whether a late quorum prolonged the vote",
    eta: "From when on it can be executed; null for one that isn't queued",
    tally: "`for`, `against`, `abstain`",
    quorum: "Votes for and abstaining that it needs; before the snapshot, what that would be now",
    voters: "How many have voted",
    description: "Markdown",
    descriptionHash: "What the governor's steps take",
    actions: `${ACTIONS}; null once the proposal is over`,
    votes:
      "Each vote: `voter`, `nickname` (what the voter wants to be called, or null), `support`, `weight`, `reason` (empty for none), `blockNumber`, `transactionHash`",
    veto: "`guardian` and `reason` of a veto, or null",
    steps:
      "Of `vote`, `queue`, `execute`, `cancel` and `veto`: `ready`, `message`, and where known, else null, `remedy`, `from`, `until`",
    transactions: "Hashes, or null, by `propose`, `queue`, `execute`, `cancel`",
  },
  "proposal vote": {
    ...STEP,
    support: "`for`, `against` or `abstain`",
    reason: "Empty for none",
    votes: "With how many votes",
  },
  "proposal queue": STEP,
  "proposal execute": STEP,
  "proposal cancel": STEP,
  "proposal watch": {
    dao: "Slug of the DAO. One JSON object a line, for each change",
    at: "Timestamp of the block as of which it is",
    change: "`start`, `vote`, `deadline` or `state`",
    before: "Of a `deadline` or `state`: what it was; else null",
    vote: "Of a `vote`: as in `proposal show`; else null",
    proposal: "As it is now; see `proposal list`",
  },
  "proposal sign": {
    file: "Where the ballot was written",
    signatures: "Of a Safe: how many of its owners have signed; 1 for anybody else",
    threshold: "How many have to sign; 1 for anybody but a Safe",
    complete: "Whether it can be relayed, as soon as voting is open",
    relay: RELAYED,
    kind: "`ballot`; this key and those below are what is in the file",
    version: "1",
    dao: "Slug of the DAO",
    chainId: "Decimal string",
    governor: "Address",
    proposalId: "The governor's number of the proposal, a decimal string",
    support: "`for`, `against` or `abstain`",
    voter: "Whose ballot it is",
    reason: "Empty for none",
    signature: "In hex",
  },
  "proposal relay": {
    dao: "Slug of the DAO",
    dryRun: "Whether nothing was sent",
    ballots:
      "What became of each file: `file`, `status` (`cast`, `cast before` or `refused`; in a dry run `valid`), `proposal` (its number), `voter`, `support` (null where the file can't be read), `votes` (with how many it was cast), `transaction` (hash or null), `problem` (why it was refused: `place`, `message`, `remedy`; or null). Exit code 1 where one was refused: the others were cast nevertheless",
    transactions: "Hashes of what was sent",
  },
  "idea call": {
    ...SUBMITTED,
    call: `\`number\` (null where it isn't open yet), and its terms: \`question\`, \`rulesURI\`, \`rulesHash\`, \`ideasFor\` and \`supportFor\` (seconds), \`ideasPerMember\` (0 of a poll), \`winners\`, \`counting\` (\`voice\` or \`weight\`), \`choice\` (\`approve\` or \`pick one\`), \`memberDays\`, \`badgeKind\` (or null), \`options\``,
  },
  "idea list": {
    dao: "Slug of the DAO",
    calls: CALLS,
  },
  "idea show": {
    dao: "Slug of the DAO",
    call: "The call, or the one that the idea is of; see `idea list`",
    voices:
      "Of a call: `count` of those who support anything, `weight` of it all, `young`: those whose first badge came less than 30 days before the snapshot, `strangers`: those who never had a badge",
    list: `Of a call, all its ideas in the order in which they came, hidden and withdrawn ones too: ${IDEA}`,
    idea: `Of an idea, instead of those two: ${IDEA}; each step has its time, \`at\`, too`,
  },
  "idea submit": {
    dao: "Slug of the DAO",
    dryRun: "Whether nothing was sent",
    account: "Whose idea it is",
    call: "Number of the call",
    idea: "Its number on the chain; null in a dry run",
    name: "What people call it, such as `3-12`; null in a dry run",
    title: "What it is",
    uri: "Where more is said; a `data:` URI of the text with --text",
    contentHash: "Hash of what is there, or null",
    transaction: "Hash; null in a dry run",
  },
  "idea withdraw": {
    dao: "Slug of the DAO",
    dryRun: "Whether nothing was sent",
    account: "Who put it forward",
    idea: "Its number on the chain",
    name: "What people call it, such as `3-12`",
    transaction: "Hash; null in a dry run",
  },
  "idea support": {
    dao: "Slug of the DAO",
    dryRun: "Whether nothing was sent",
    account: "Who supports",
    call: "Number of the call",
    ideas: "Numbers of those that it didn't support before",
    weight: WEIGHT,
    transaction: "Hash; null in a dry run",
  },
  "idea sign": {
    file: "Where it was written",
    signatures: "Of a Safe: how many of its owners have signed; 1 for anybody else",
    threshold: "How many have to sign; 1 for anybody but a Safe",
    complete: "Whether it can be relayed, as soon as support is taken",
    kind: "`support`; this key and those below are what is in the file",
    version: "1",
    dao: "Slug of the DAO",
    chainId: "Decimal string",
    board: "Address",
    supporter: "Who supports",
    ideas: "Numbers on the chain, decimal strings",
    signature: "In hex",
    relay: RELAYED,
  },
  "idea relay": {
    dao: "Slug of the DAO",
    dryRun: "Whether nothing was sent",
    support:
      "What became of each file: `file`, `status` (`taken`, `supported before` or `refused`; in a dry run `valid`), `call` (its number), `supporter`, `ideas` (null where the file can't be read), `weight`, `transaction` (hash or null), `problem` (why it was refused: `place`, `message`, `remedy`; or null). Exit code 1 where one was refused: the others were taken nevertheless",
    transactions: "Hashes of what was sent",
  },
  "idea adopt": {
    ...SUBMITTED,
    idea: "Its number on the chain",
    name: "What people call it, such as `3-12`",
  },
  "idea ship": {
    ...SUBMITTED,
    idea: "Its number on the chain",
    name: "What people call it, such as `3-12`",
    uri: "Where to see it; may be empty",
    badge: "What its author was awarded; null for nothing, and where it isn't done yet",
  },
  "idea hide": HIDDEN,
  "idea unhide": HIDDEN,
  "pass terms": {
    ...SUBMITTED,
    before:
      "As they were: `kind` (number of the kind of badge that entitles to a pass, or null), `royaltyBps`, `colour` (`#rrggbb`), `language`",
    terms: "As they are to be: the same",
  },
  "pass mint": {
    dao: "Slug of the DAO",
    dryRun: "Whether nothing was sent",
    pass: "Its number, that of the badge",
    holder: "Who gets it",
    transaction: "Hash; null in a dry run",
  },
  "pass show": {
    dao: "Slug of the DAO",
    account: "Whose passes they are",
    nickname: "What the account wants to be called; null for nothing",
    passes: `Each: ${PASS}`,
  },
  "pass card": {
    dao: "Slug of the DAO",
    number: "Of the pass",
    holder: "Who has it",
    title: "`rank`, `name`; null where there are no titles",
    ranks: "How many titles there are",
    points: "Those of the holder",
    memberSince: "Day of the holder's first badge, or null",
    file: "Where the picture was written",
  },
  "perk add": {
    ...SUBMITTED,
    perk: `\`number\` (null where it isn't there yet), \`name\`, \`uri\`, \`once\`, \`conditions\`: ${CONDITIONS}`,
  },
  "perk close": { ...SUBMITTED, perk: "As in `perk list`" },
  "perk list": {
    dao: "Slug of the DAO",
    perks: `Each: ${PERK}`,
  },
  "perk check": {
    dao: "Slug of the DAO",
    account: "Who was asked about",
    nickname: "What the account wants to be called; null for nothing",
    perks: `Each: ${PERK}, each with \`met\`; \`eligible\`: whether the account gets it now`,
  },
  "decision record": {
    ...SUBMITTED,
    kind: "Short text, or null",
    uri: "Where its text is; may be empty",
    contentHash: "Hash of it, or null",
  },
  "decision list": {
    dao: "Slug of the DAO",
    decisions:
      "Each, the oldest first: `kind` (short text, 32 bytes, or null), `contentHash` (or null), `uri`, `blockNumber`, `transaction`",
  },
  "nickname set": {
    dao: "Slug of the DAO",
    dryRun: "Whether nothing was sent",
    account: "Who is called so",
    nickname: "Empty for nothing",
    before: "What it was until now",
    transaction: "Hash; null in a dry run",
  },
  "nickname sign": {
    file: "Where it was written",
    signatures: "Of a Safe: how many of its owners have signed; 1 for anybody else",
    threshold: "How many have to sign; 1 for anybody but a Safe",
    complete: "Whether it can be relayed",
    kind: "`nickname`; this key and those below are what is in the file",
    version: "1",
    dao: "Slug of the DAO",
    chainId: "Decimal string",
    nicknames: "Address",
    account: "Who is called so",
    nickname: "Empty for nothing",
    nonce: "Decimal string",
    deadline: "From then on it can't be used any more",
    signature: "In hex",
    relay: RELAYED,
  },
  "nickname relay": {
    dao: "Slug of the DAO",
    dryRun: "Whether nothing was sent",
    nicknames:
      "What became of each file: `file`, `status` (`carried out`, `so already` or `refused`; in a dry run `valid`), `account`, `nickname` (null where the file can't be read), `transaction` (hash or null), `problem` (why it was refused: `place`, `message`, `remedy`; or null). Exit code 1 where one was refused: the others were carried out nevertheless",
  },
  "token delegate": {
    dao: "Slug of the DAO",
    dryRun: "Whether nothing was sent",
    account: "Who delegates",
    before: "Who voted for it until now",
    to: "Who votes for it from now on",
    moved: "How many votes that is",
    transaction: "Hash; null in a dry run",
  },
  "token send": {
    ...SUBMITTED,
    token: "Address of the token",
    symbol: "Its symbol",
    decimals: "Its decimals",
    amount: "How much was sent, in its smallest unit",
    sender: "Who sent it",
    to: "Who got it",
  },
  "token delegates": {
    dao: "Slug of the DAO",
    delegates:
      "Who votes with votes of others, those with the most first; with --account this account only: `account`, `role` (`treasury`, `safe`, another contract of the DAO, or null), `delegate` (who votes with its own votes), `votes` (all that it votes with), `own` (of these, its own), `delegators` (a list of `account` and `votes`)",
    themselves: "How many accounts vote with votes of their own; null with --account",
  },
  "token votes": {
    dao: "Slug of the DAO",
    symbol: "Symbol of its token",
    account: "Whose votes they are",
    nickname: "What the account wants to be called; null for nothing",
    role: "`treasury`, `safe`, another contract of the DAO, or null",
    at: "Timestamp as of which all this is",
    votes: "What it votes with",
    tokens: "Its tokens",
    earned: "Its votes earned by contributing",
    delegate: "Who votes with both",
    delegatedAway: "Of its own, what somebody else votes with: all, or 0",
    received: "What others delegated to it",
    counts: "Whether the governor counts its votes: false for the treasury",
  },
  "token balance": {
    dao: "Slug of the DAO",
    symbol: "Symbol of its token",
    account: "Whose balance it is",
    nickname: "What the account wants to be called; null for nothing",
    role: "`treasury`, `safe`, another contract of the DAO, or null",
    tokens: "Its tokens",
    earned: "Its votes earned by contributing",
    delegate: "Who votes with both",
    circulating: "How many tokens circulate: all but the treasury's, and those that vote with it",
    share: "Its tokens as a fraction of these, from 0 to 1; null where they don't circulate",
  },
  "token holders": {
    dao: "Slug of the DAO",
    symbol: "Symbol of its token",
    block: "Number of the block as of which all this is",
    supply: "All tokens",
    circulating: "All but the treasury's, and those that vote with it",
    earned: "All votes earned by contributing",
    holders:
      "Who has tokens or votes, those with the most first: `account`, `nickname` (what it wants to be called; null for nothing, and where more than 1,000 are listed), `role`, `tokens`, `earned`, `delegate`, `votes` (what it votes with), `share`; see `token balance`",
  },
  "token sign": {
    file: "Where the delegation was written; the other keys are what is in it",
    relay: RELAYED,
    kind: "`delegation`",
    version: "1",
    dao: "Slug of the DAO",
    chainId: "Decimal string",
    token: "Address",
    delegator: "Who delegates",
    delegatee: "Who will vote",
    nonce: "Decimal string",
    expiry: "Timestamp of the last second in which it can be used",
    signature: "65 bytes in hex",
  },
  "token relay": {
    dao: "Slug of the DAO",
    dryRun: "Whether nothing was sent",
    delegations:
      "What became of each file: `file`, `status` (`carried out`, `so already` or `refused`; in a dry run `valid`), `delegator` and `delegatee` (null where the file can't be read), `votes` (how many it moved), `transaction` (hash or null), `problem` (why it was refused: `place`, `message`, `remedy`; or null). Exit code 1 where one was refused: the others were carried out nevertheless",
  },
  "badge kind add": {
    ...SUBMITTED,
    kind: "`number` (null until it is on the chain), `name`, `description`, `image`, `points`, `votes`, `issuerRole`, `supplyLimit` and `dailyPointsLimit` (0 for none)",
  },
  "badge kind close": { ...SUBMITTED, kind: "As it was before; see `badge kind list`" },
  "badge kind list": {
    dao: "Slug of the DAO",
    halted: "Whether all awards are halted",
    kinds:
      "Each kind, in order: `number`, `name`, `description`, `image` (empty for a card that is drawn on chain), `points`, `votes`, `issuerRole` (3 for the DAO's issuers), `awarded` (badges ever), `supply` (`limit` and `left` of badges, or null), `today` (`limit` and `left` of points in this UTC day, or null), `closed`",
  },
  "badge award": {
    ...SUBMITTED,
    kind: "`number`, `name`",
    account: "Whom it is for",
    hash: "The salted hash of the evidence, which goes on chain",
    state: "`awarded`, `under way` (a file of it waits for the Safe's owners) or `open`",
    badge: "Number of the badge; null until it is awarded",
    before: "Whether it was awarded or under way before, so that nothing was done",
    evidence: "The file that has the evidence and its salt",
    warnings: "Each with `place`, `message`, `remedy`",
  },
  "badge award-batch": {
    ...SUBMITTED,
    contributions:
      "Each line of the file: `line`, `kind` (number), `account`, `hash`, `state`, `badge`, `file` (which waits for the Safe's owners, or null), `before`; see `badge award`",
    evidence: "The file that has the evidence and its salts",
    warnings: "Each with `place`, `message`, `remedy`",
  },
  "badge revoke": {
    ...SUBMITTED,
    badge: "Number of the badge",
    account: "Who has had it",
    kind: "`number`, `name`",
    reason: "Why, as everybody can read it",
  },
  "badge grant-votes": {
    ...SUBMITTED,
    granted: "Badges that get their votes, each: `id`, `account`, `votes`",
    left: "Those whose votes the limits don't let through yet; as `granted`",
  },
  "badge show": {
    dao: "Slug of the DAO",
    account: "Whose page it is",
    nickname: "What the account wants to be called; null for nothing",
    role: "`treasury`, `safe`, another contract of the DAO, or null",
    points: "Of all badges that it has",
    season: "The current one: `number`, `start`, `end`, and `points` of the badges from it",
    title: "`rank` (from 1, the lowest) and `name`; null where there are no titles",
    votes: "Earned by contributing",
    withheld: "Votes of its badges that the limits withheld, and that `badge grant-votes` gives",
    referrals:
      "`referrer` (who brought it, or null), `brought` (accounts), `rewarded` (referrals of this season that earned it a badge), `limit` (how many can)",
    recoveries: "Those from or into it that moved anything or still can, as in `badge recovery list`",
    badges:
      "Those that it has, the newest first: `id`, `kind` (number), `name`, `points`, `votes`, `withheld` (votes of its kind that it hasn't given yet), `awardedAt`, `season`, `evidence` (`hash`, `text` where this computer has it, `uri` where it can be asked for; each may be null)",
  },
  "badge card": {
    dao: "Slug of the DAO",
    badge: "Number of the badge",
    account: "Who has it",
    kind: "`number`, `name`",
    title: "The member's: `rank`, `name`; null where there are no titles",
    votes: "That it has given",
    withheld: "Those of its kind that it hasn't given yet",
    file: "The picture",
  },
  "badge board": {
    dao: "Slug of the DAO",
    season: "`number`, `start`, `end`; null for all time",
    points: "Of everybody together",
    taken: "Points of the season whose badges were taken; its reward is shared by them too. 0 for all time",
    pointsLimit:
      "How many points can be awarded in the season at most; null where it has ended, and for all time",
    members: "How many have any, in the season or ever",
    entries:
      "The first 20 of them, or with --all everybody: `rank` (the same for the same points), `account`, `nickname` (what it wants to be called; null for nothing, and where more than 1,000 are listed), `points`, `totalPoints` (of all time), `badges` (of all time), `title` (`rank`, `name`; or null)",
  },
  "badge title list": {
    dao: "Slug of the DAO",
    titles:
      "The lowest first: `rank` (from 1), `name`, `points` (from how many on), `members` (who hold a badge and have it)",
  },
  "badge title set": { ...SUBMITTED, titles: "The new ladder: `name`, `points`", before: "What it was" },
  "badge voucher sign": {
    dao: "Slug of the DAO",
    dryRun: "Whether nothing was signed or written",
    issuer: "Who awards the badges",
    kind: "`number`, `name`",
    referralKind: "`number`, `name`; or null",
    expiry: "Timestamp from which on they can't be redeemed",
    signatures: "Of a Safe: how many of its owners have signed; 1 for anybody else",
    threshold: "How many have to sign",
    vouchers: "Each: `nonce`, `claimant` (an account or the address of a claim key), `byKey`, `file`",
    links:
      "The file with the links of those with claim keys, or null. It is secret, as the files of these vouchers are: only you can read them (mode 0600), and Git ignores them (`private/`)",
    evidence: "The file that has the evidence and its salts",
  },
  "badge voucher approve": {
    dao: "Slug of the DAO",
    dryRun: "Whether nothing was signed",
    vouchers: "Each that was signed: `file`, `nonce`, `signatures`, `threshold`",
    problems:
      "Why others can't be redeemed, and weren't signed: each with `place`, `message`, `remedy`. Exit code 1 where there are any",
  },
  "badge voucher links": {
    dao: "Slug of the DAO",
    file: "The file, which is secret: only you can read it (mode 0600), and it must never be committed to Git",
    links: "How many",
    problems:
      "Why other vouchers can't be redeemed, and have no link in it: each with `place`, `message`, `remedy`. Exit code 1 where there are any",
    warnings: "That the file is where Git would take it along: `place`, `message`, `remedy`",
  },
  "badge voucher check": {
    dao: "Slug of the DAO",
    issuer: "Who awards the badge",
    nonce: "Number of the voucher, a decimal string",
    claimant: "Whom it is for: an account, or the address of a claim key",
    byKey: "Whether it is for whoever holds a claim key",
    hasKey: "Whether the key is in what was looked at",
    account: "Of a redemption: who gets the badge; else null",
    referrer: "Of a redemption: who brought it; else null",
    kind: "Number of the badge's kind",
    referralKind: "Kind that a referral earns; 0 for none",
    expiry: "Timestamp from which on it can't be redeemed",
    status: "`valid`, `redeemed before` or `refused`",
    badge: "Number of the badge, where it was redeemed before; else null",
    problems: "Why it would be refused: each with `place`, `message`, `remedy`",
    warnings: "Each with `place`, `message`, `remedy`",
  },
  "badge voucher redeem": {
    dao: "Slug of the DAO",
    dryRun: "Whether nothing was sent or written",
    issuer: "Who awards the badge",
    nonce: "Number of the voucher, a decimal string",
    kind: "`number`, `name`; null where it was redeemed before",
    account: "Who gets the badge",
    referrer: "Who brought it; null for nobody",
    badge: "Number of the badge; null until there is one",
    before: "Whether it was redeemed before, so that nothing was done",
    transaction: "Hash; null where nothing was sent",
    file: "The redemption for others to relay; null without --out or --relay",
    relay: RELAYED,
    warnings: "Each with `place`, `message`, `remedy`",
  },
  "badge voucher relay": {
    dao: "Slug of the DAO",
    dryRun: "Whether nothing was sent",
    redemptions:
      "What became of each file: `file`, `status` (`redeemed`, `redeemed before` or `refused`; in a dry run `valid`), `account`, `badge`, `transaction`, `problem` (why it was refused); each may be null. Exit code 1 where one was refused: the others were redeemed nevertheless",
  },
  "badge voucher cancel": {
    ...SUBMITTED,
    issuer: "Whose voucher it is",
    nonce: "Its number, a decimal string",
    kind: "Number of the badge's kind; null where the voucher was named by a number that this computer didn't give",
    claimant: "Whom it is for: an account, or the address of a claim key; null as `kind`",
    warnings: "Each with `place`, `message`, `remedy`",
  },
  "badge recovery request": {
    ...SUBMITTED,
    oldAccount: "The account that was lost",
    newAccount: "The one that its member has now",
    badges: "How many are to be moved",
  },
  "badge recovery refuse": {
    ...SUBMITTED,
    oldAccount: "The account that was to be recovered",
    newAccount: "The one that was to receive what it earned",
    file: "With `--sign`: where the refusal was written; the other keys are what is in it",
    signatures: "With `--sign`: of a Safe, how many of its owners have signed; 1 for anybody else",
    threshold: "With `--sign`: of a Safe, how many have to sign; 1 for anybody else",
    complete: "With `--sign`: whether it can be relayed",
    kind: "With `--sign`: `refusal`",
    version: "With `--sign`: 1",
    chainId: "With `--sign`: decimal string",
    badge: "With `--sign`: address",
    recovery: "With `--sign`: number of the recovery, a decimal string",
    account: "With `--sign`: which of the two accounts refuses",
    signature: "With `--sign`: hex",
  },
  "badge recovery relay": {
    dao: "Slug of the DAO",
    dryRun: "Whether nothing was sent",
    refusals:
      "What became of each file: `file`, `status` (`carried out`, `so already` or `refused`; in a dry run `valid`), `account` (who refuses), `recovery` (its number, a decimal string), `oldAccount` and `newAccount` (null where the file can't be read), `transaction` (hash or null), `problem` (why it was refused: `place`, `message`, `remedy`; or null). Exit code 1 where one was refused: the others were carried out nevertheless",
  },
  "badge recovery cancel": { ...SUBMITTED, oldAccount: "Whose recovery it is" },
  "badge recovery finish": {
    ...SUBMITTED,
    oldAccount: "The account that was lost",
    newAccount: "The one that its member has now",
    badges: "How many were to be moved",
    state: "As in `badge recovery list`: `done` once nothing is left",
  },
  "badge recovery list": {
    dao: "Slug of the DAO",
    requested: "How many were requested in the current season, those that were refused not counted",
    limit: "How many can be requested in a season",
    recoveries:
      "All, in the order of their requests: `oldAccount`, `newAccount`, `state` (`waiting` for its time, `ready`, `moving`, `done`, `lapsed` where its time went by, `refused`, `canceled`), `eta` (timestamp from which on it can be carried out), `moved` (numbers of the badges that were moved), `oldNickname` and `newNickname` (what they want to be called; null for nothing), and, where it isn't over, what the old account still has: `badges`, `points`, `votes`",
  },
  "season list": {
    dao: "Slug of the DAO",
    symbol: "Symbol of its token",
    seasons:
      "The newest first, those ahead that were funded too: `number`, `start`, `end`, `state` (`ahead`, `running`, `disputed`, `claimable` or `over`), `opens` and `closes` (timestamps between which its reward can be claimed), `points` (that it is shared by), `taken` (of these, those of badges that were taken), `pointsLimit` (how many can be awarded in it at most; null where it has ended), `budgets` (in the brand's token, and in those that the treasury or the Safe put in: each with `token`, `symbol` and `decimals`, both null for what isn't an ERC-20, `budget`, `paid`)",
  },
  "season show": {
    dao: "Slug of the DAO",
    account: "Whose rewards they are",
    nickname: "What it wants to be called; null for nothing",
    seasons:
      "The one that runs, and the one before it: as in `season list`, but `points` (of the account), `totalPoints` (that it is shared by), `rewards` (as `budgets`, and `share`, `claimed`, `claimable`, `problem`: why nothing can be claimed, or null)",
    claims:
      "All that it was paid, the newest first: `season`, `token`, `account`, `points`, `amount`, `transaction`",
  },
  "season fund": {
    ...SUBMITTED,
    season: "Number of the season",
    token: "Address of the token",
    symbol: "Its symbol",
    decimals: "Its decimals",
    amount: "What is added",
    funder: "Who pays",
  },
  "season claim": {
    dao: "Slug of the DAO",
    dryRun: "Whether nothing was sent",
    season: "Number of the season",
    account: "Who is paid; null for all members",
    claims:
      "Each with `token`, `symbol`, `decimals`, `amount` (what was paid; in a dry run, what would be); with --all, also `account`",
    relay: "With --relay, as of `drop claim`, for each token; else it isn't there",
    transactions: "Hashes of what was sent",
  },
  "season return": {
    dao: "Slug of the DAO",
    dryRun: "Whether nothing was sent",
    token: "Address of the token",
    symbol: "Its symbol",
    decimals: "Its decimals",
    amount: "What the treasury gets",
    transaction: "Hash; null in a dry run",
  },
  "relay init": {
    file: "Where the settings were written",
    dao: "Slug of the DAO",
    chainId: "Decimal string",
    origins: "Pages that may ask the relay",
    account: "Who pays; null where its key isn't in the environment",
  },
  "relay key": {
    address: "Of the account that the relay pays with",
    made: "Whether its key was made now",
  },
  "relay status": {
    dao: "Slug of the DAO, as the relay says it; all keys are as of docs/relay.md",
    chainId: "Decimal string",
    governor: "Address of the DAO's governor",
    takes: "`claim`, `voucher`, `ballot`, `delegation`, `reward`",
    account: "Who pays",
    balance: "Ether that it has, a decimal string; or null",
    lowBalance: "Whether that is less than it should be",
    budget: "`day`, `spent`: ether, of today (UTC)",
    jobs: "How many there are of each state",
    trouble: "What keeps it from sending, or null",
    id: "This key and those below, instead: of something that was handed in",
    kind: "One of `takes`",
    state: "`waiting`, `sent`, `unconfirmed`, `stuck`, `confirmed`, `final` or `refused`",
    problem: "`code`, `message`, `remedy`, `data`: why it waits or is refused, in the relay's words; or null",
    transaction: "Hash, or null",
    notBefore: "When it goes on, where it has to wait (ISO 8601); or null",
  },
  "drop create": {
    ...SUBMITTED,
    campaign: "Its name",
    id: "The contract's id of it, 32 bytes in hex",
    root: "Root of the tree; null in a dry run of a campaign that wasn't made yet",
    leaves: "How many customers can claim",
    keys: "How many of them get a claim key",
    tokens: "All tokens together",
    kinds: "How many `badges` there are of each `kind` (number)",
    deadline: "Timestamp from which on nothing can be claimed",
    referralKind: "Kind of the badge for members who bring newcomers; 0 for none",
    folder: "Where the links and the tree are; null in a dry run of a campaign that wasn't made yet",
    before: "Whether the folder was there before",
    published:
      "The folder that has to be on the site, beside the page, for short links to work; null where there are none",
    qr: "With --qr: the file, or the folder, with the QR codes; else null",
    secrets:
      "Files of the folder that are secret, as whoever has a link can claim it: only you can read them (mode 0600), and Git ignores them (`private/`); empty in a dry run of a campaign that wasn't made yet",
    warnings: "Each with `place`, `message`, `remedy`",
  },
  "drop show": {
    dao: "Slug of the DAO",
    campaign: "Its name",
    id: "The contract's id of it, 32 bytes in hex",
    leaf: "`index`, `claimant`, `byKey`, `amount`, `kind` (0 for none), `evidence`",
    proof: "Nodes of the tree, from the bottom up",
    deadline: "Timestamp; null for a campaign that isn't on the chain",
    status: "`valid`, `claimed before` or `refused`",
    claimed: "Who claimed it, or null",
    problem: "What keeps it from being claimed (`place`, `message`, `remedy`), or null",
    link: "What goes behind the # of a link, for a leaf without a claim key; or null",
  },
  "drop claim": {
    dao: "Slug of the DAO",
    dryRun: "Whether nothing was sent or written",
    file: "Where the signed claim was written; null with what was sent",
    transaction: "Hash; null where nothing was sent",
    relay: RELAYED,
    campaign: "Its name",
    index: "Number of the leaf",
    account: "Who gets it",
    referrer: "Who brought the account, or null",
    amount: "Tokens",
    kind: "Kind of the badge; 0 for none",
  },
  "drop relay": {
    dao: "Slug of the DAO",
    dryRun: "Whether nothing was sent",
    claims:
      "What became of each file: `file`, `status` (`claimed`, `claimed before` or `refused`; in a dry run `valid`), `campaign`, `index`, `account`, `amount` and `kind` (null where the file can't be read), `transaction` (hash or null), `problem` (why it was refused: `place`, `message`, `remedy`; or null). Exit code 1 where one was refused: the others were carried out nevertheless",
  },
  "drop status": {
    dao: "Slug of the DAO",
    campaigns:
      "Each: `campaign` (name), `id`, `state` (`running`, `stopped` or `over`), `root`, `deadline`, `referralKind` (0 for none), `leaves` (null where its folder isn't on this computer), `claimed` (how many leaves), `funded`, `given`, `left` and `returned` (tokens), `stopReason` (or null), `closable` (whether anybody can send what is left to the treasury), `problem` (what keeps anything from being claimed: `place`, `message`, `remedy`; or null)",
    unopened: "Folders of campaigns that are made and not opened",
    customers:
      "With --customers, of the campaign that is named (or the only one), in the order of the table; else null. Each: `index` (number of the leaf), `reference` (as in the table), `account` (who claimed it; null where nobody did)",
    csv: "The file that --csv wrote, or null",
    claim:
      "Where a link was asked for: `index` (number of the leaf), `account` (who claimed it, or null); else null",
    published:
      "With --proofs: how many files of what is published were looked at (`checked`), and how many there are (`files`); else null. Exit code 1 where something is wrong with them",
  },
  "drop stop": {
    ...SUBMITTED,
    campaign: "Its name",
    reason: "Why, as everybody can read it",
    left: "Tokens that it hadn't given",
  },
  "drop close": {
    ...SUBMITTED,
    campaign: "Its name",
    amount: "Tokens that go to the treasury",
  },
  "safe create": {
    dryRun: "Whether nothing was to be sent",
    address: "Where the Safe is, or will be",
    version: "Its version",
    owners: "Its owners",
    threshold: "How many of them have to sign",
    name: "What tells it apart from others of the same owners",
    chainId: "Number of the chain",
    existed: "Whether it was there before",
    transactions: "Hashes of the transactions that were sent",
  },
  "safe status": {
    address: "The Safe",
    version: "Its version",
    owners: "Its owners",
    threshold: "How many of them have to sign",
    nonce: "Number of its next transaction",
    powers:
      "`vetoUntil` (timestamp, null for no veto), `stewardDelay` (seconds, null for no steward), `issuer`, `ownersMayHalt`, `modules`, `guard`",
    waiting:
      "What waits for signatures: `file`, `hash`, `nonce`, `title` (as the file says), `calls`, `signed`, `missing`, `ready`, `due` (timestamp or null), `rivals` (files with the same number)",
    over: "How many files are of transactions that are over",
    problems: "Files that aren't as they should be: `place`, `message`, `remedy`",
    scheduled:
      "What was announced: `id`, `caller`, `call`, `to`, `data`, `due`, `expires`, `state` (`waiting`, `due`, `expired`)",
  },
  "safe sign": {
    dryRun: "Whether nothing was to be signed",
    file: "The file, which has the signature now",
    hash: "Hash of the Safe transaction",
    nonce: "Its number",
    calls:
      "What it does: `contract`, `to`, `signature`, `args`, `value`, `data`, `changes`, `irreversible`, `simulation`, and `announced` where it only announces a call",
    signer: "Who signed; null in a dry run",
    signed: "Owners who have signed",
    missing: "Owners who haven't",
    threshold: "How many have to sign",
    ready: "Whether enough have",
    transactions:
      "Of several files or a folder, beside `dryRun`, `signer` and `threshold`: each with `file`, `hash`, `nonce`, `calls`, `signed`, `missing`, `ready`",
  },
  "safe execute": {
    dryRun: "Whether nothing was to be sent",
    file: "The file",
    hash: "Hash of the Safe transaction",
    nonce: "Its number",
    calls: "What it does, as in `safe sign`",
    signed: "Owners who have signed",
    transaction: "Hash of the transaction that carried it out; null in a dry run",
    block: "Its block; null where it was sent before",
    followUp: "What does what was announced: `file`, `due`, `expires`; or null",
    transactions:
      "Of several files or a folder, beside `dryRun`: each with `file`, `hash`, `nonce`, `signed`, `state` (`carried out`, `failed`, `not sent`, `too early`), `transaction`, `followUp`",
  },
  "safe export": {
    file: "The file for the Transaction Builder",
    transactions: "How many calls are in it",
    checksum: "Its checksum",
  },
  "safe import": {
    dryRun: "Whether nothing was to be written",
    via: "`safe`",
    transactions: "Empty: nothing is sent",
    files: "The file of the Safe transaction",
    madeFor: "The Safe that the file says it was made for; or null",
  },
};

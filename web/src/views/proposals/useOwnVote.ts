import { useCallback, useContext, useMemo, useState } from "react";
import { useAccount } from "../../account/useAccount.js";
import type { ProposalView, VoteView } from "../../reader/answers.js";
import { ReaderContext } from "../../reader/ReaderContext.js";

/** A proposal with the vote that was just cast here, which its transaction's receipt has before any search for logs finds it. */
export interface WithOwn {
  readonly view: ProposalView;
  readonly own: VoteView | undefined;
  /** To be told of the transaction with the vote. */
  readonly onDone: (hash: string) => void;
}

export function useOwnVote(found: ProposalView, again: () => void): WithOwn {
  const reader = useContext(ReaderContext);
  const address = useAccount().account?.address;
  const [own, setOwn] = useState<VoteView>();
  const { number } = found;
  const onDone = useCallback(
    (hash: string) => {
      if (reader === undefined || address === undefined) return;
      reader.act({ act: "cast", number, hash, account: address }).then(
        (vote) => {
          if (vote !== null) setOwn(vote);
          again();
        },
        // It is found with all others, a moment later.
        again,
      );
    },
    [reader, address, number, again],
  );
  const shown = own?.voter === address ? own : undefined;
  const view = useMemo(() => withVote(found, shown), [found, shown]);
  return { view, own: shown, onDone };
}

/** A proposal, with a vote that it may not have yet. */
function withVote(view: ProposalView, own: VoteView | undefined): ProposalView {
  if (own === undefined || view.votes.some(({ voter }) => voter === own.voter)) return view;
  const { tally, voters, votes } = view;
  return {
    ...view,
    votes: [...votes, own],
    voters: voters + 1,
    tally: { ...tally, [own.support]: tally[own.support] + own.weight },
  };
}

/** Where more is said, by whoever wrote it: in full, so that one sees where it leads; what isn't of HTTPS leads nowhere. */
export function StrangersLink({ to }: { readonly to: string }) {
  if (!/^https:\/\/[^\s\\]+$/u.test(to)) return <code className="tiny wrapped">{to}</code>;
  return (
    <a className="wrapped" href={to} target="_blank" rel="noreferrer nofollow ugc">
      <bdi>{to}</bdi>
    </a>
  );
}

/** A finger's print, as what is touched. */
export function Touch() {
  return (
    <svg
      className="touch"
      viewBox="0 0 120 120"
      width="88"
      height="88"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <circle cx="60" cy="60" r="57" />
      <path d="M41 75c3-6 4-11 4-17a15 15 0 0 1 30 0c0 4 0 8-1 12M51 82c3-7 4.5-15 4.5-24a4.5 4.5 0 0 1 9 0c0 11-2 20-5.5 28M69 85c1-3 2-6 2.6-9M36 63c.5-2 .6-4 .6-6a23.400 23.400 0 0 1 43-12.600M82.500 52c.6 2 .9 4 .9 6 0 4 0 7-.6 11" />
    </svg>
  );
}

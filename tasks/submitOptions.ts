export interface SubmitOptions {
  readonly via: string | undefined;
  readonly from: string | undefined;
  readonly dryRun: boolean;
  readonly json: boolean;
  /** URL of a Safe transaction service; for `--via safe`. */
  readonly service: string | undefined;
  /** Whether calls that can't be read whole are taken all the same. */
  readonly allowUnknownCalls?: boolean;
}

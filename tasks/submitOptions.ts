export interface SubmitOptions {
  readonly via: string | undefined;
  readonly from: string | undefined;
  readonly dryRun: boolean;
  readonly json: boolean;
  /** URL of a Safe transaction service; for `--via safe`. */
  readonly service: string | undefined;
}

// What the sources say about a kind's settings, for those who fill them in.

export interface SettingDoc {
  readonly help?: string;
  readonly default?: string | number | boolean;
}

export interface KindDoc {
  readonly about?: string;
  /** The settings that its factory takes one by one; the rest goes into an object behind them. */
  readonly positional?: readonly string[];
  readonly settings: Readonly<Record<string, SettingDoc>>;
}

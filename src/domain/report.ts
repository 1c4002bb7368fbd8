/** What a manager reads: the way from article to lead over some days. */
export interface Report {
  brand: string;
  days: number;
  from: Date;
  to: Date;
  total: Funnel;
  sources: FunnelRow[];
  channels: FunnelRow[];
  posts: PostRow[];
  leads: LeadRow[];
  /** One entry a day, oldest first, in the brand's time zone. */
  daily: DayRow[];
  /** Everything that was spent in these days, in millionths of a US dollar. */
  costMicros: number;
  costs: Costs;
}

/** What was spent in the days of a report, by what for, in millionths of a US dollar. */
export interface Costs extends UnitCosts {
  writing: number;
  /** Whether articles fit a filter, second opinions. */
  questions: number;
  publishing: number;
  /** Tokens of models whose price isn't known: they are in no amount. */
  unpricedTokens: number;
}

/** What one post, and one lead, cost on the average, in millionths of a US dollar; null where there is none. */
export interface UnitCosts {
  perPostMicros: number | null;
  perLeadMicros: number | null;
}

/** The averages over so many posts and leads. */
export function unitCosts(costMicros: number, { posts, leads }: Pick<Funnel, 'posts' | 'leads'>): UnitCosts {
  return {
    perPostMicros: posts === 0 ? null : Math.round(costMicros / posts),
    perLeadMicros: leads === 0 ? null : Math.round(costMicros / leads),
  };
}

/** Counts along the river; each is what happened in the days of the report. */
export interface Funnel {
  articles: number;
  posts: number;
  delivered: number;
  clicks: number;
  leads: number;
}
export interface FunnelRow extends Funnel, UnitCosts {
  id: number;
  name: string;
  /** Its posts' share of the model's calls, and what their platforms charged, in millionths of a US dollar. */
  costMicros: number;
}
export interface PostRow {
  id: number;
  articleId: number;
  title: string;
  url: string;
  channel: string;
  state: string;
  delivered: boolean;
  clicks: number;
  /** Hits that were not persons. */
  otherHits: number;
  reactions: number;
  replies: number;
  leads: number;
  /** As in FunnelRow; null = the model's price isn't known. */
  costMicros: number | null;
  /** The source whose article it is. */
  source: string | null;
}
export interface LeadRow {
  id: number;
  name: string;
  stage: string;
  score: number;
  createdAt: Date;
  postId: number | null;
  articleId: number | null;
  articleTitle: string | null;
  articleUrl: string | null;
  channel: string | null;
}
export interface DayRow {
  /** `2026-11-23`. */
  day: string;
  delivered: number;
  clicks: number;
  leads: number;
}

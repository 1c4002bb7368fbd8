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
  /** What the posts of these days cost, in millionths of a US dollar. */
  costMicros: number;
}

/** Counts along the river; each is what happened in the days of the report. */
export interface Funnel {
  articles: number;
  posts: number;
  delivered: number;
  clicks: number;
  leads: number;
}
export interface FunnelRow extends Funnel {
  id: number;
  name: string;
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

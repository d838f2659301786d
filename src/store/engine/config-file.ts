import { availableParallelism } from "node:os";

const mebibyte = 1024 * 1024;

export interface EngineLimits {
  /** The engine's own ceiling for everything it holds, in bytes. */
  readonly memoryBytesMax: number;
}

/**
 * How columns are compressed that do not say it themselves, by the size of their part in bytes. What is merged into
 * a part of some size stays for long: more work on it once makes it a seventh smaller, and a fifth faster to look through.
 */
const compressionCases = [
  { level: 1, partBytesMin: 0 },
  { level: 6, partBytesMin: 50_000_000 },
]
  .map(
    ({ level, partBytesMin }) => `
    <case>
      <method>zstd</method>
      <level>${level}</level>
      <min_part_size>${partBytesMin}</min_part_size>
      <min_part_size_ratio>0</min_part_size_ratio>
    </case>`,
  )
  .join("");

/**
 * The engine's server configuration: small caches, one merge at a time, no log of its own. Its pools are small against
 * all of its threads: with the usual sizes a table of a few hundred parts took every thread to be opened, each waiting for
 * another, for ever.
 */
export function engineConfig(limits: EngineLimits): string {
  const threads = Math.max(2, availableParallelism());
  return `<clickhouse>
  <max_server_memory_usage>${limits.memoryBytesMax}</max_server_memory_usage>
  <mark_cache_size>${128 * mebibyte}</mark_cache_size>
  <uncompressed_cache_size>0</uncompressed_cache_size>
  <index_uncompressed_cache_size>0</index_uncompressed_cache_size>
  <query_condition_cache_size>${16 * mebibyte}</query_condition_cache_size>
  <background_pool_size>2</background_pool_size>
  <background_merges_mutations_concurrency_ratio>1</background_merges_mutations_concurrency_ratio>
  <background_schedule_pool_size>2</background_schedule_pool_size>
  <background_common_pool_size>2</background_common_pool_size>
  <max_active_parts_loading_thread_pool_size>${threads}</max_active_parts_loading_thread_pool_size>
  <max_outdated_parts_loading_thread_pool_size>${threads}</max_outdated_parts_loading_thread_pool_size>
  <max_unexpected_parts_loading_thread_pool_size>${threads}</max_unexpected_parts_loading_thread_pool_size>
  <max_parts_cleaning_thread_pool_size>${threads}</max_parts_cleaning_thread_pool_size>
  <merges_mutations_memory_usage_soft_limit>${Math.trunc(limits.memoryBytesMax / 2)}</merges_mutations_memory_usage_soft_limit>
  <max_thread_pool_size>${threads * 32}</max_thread_pool_size>
  <compression>${compressionCases}
  </compression>
  <merge_tree>
    <max_parts_to_merge_at_once>25</max_parts_to_merge_at_once>
    <number_of_free_entries_in_pool_to_lower_max_size_of_merge>1</number_of_free_entries_in_pool_to_lower_max_size_of_merge>
    <number_of_free_entries_in_pool_to_execute_mutation>1</number_of_free_entries_in_pool_to_execute_mutation>
    <number_of_free_entries_in_pool_to_execute_optimize_entire_partition>1</number_of_free_entries_in_pool_to_execute_optimize_entire_partition>
  </merge_tree>
</clickhouse>
`;
}

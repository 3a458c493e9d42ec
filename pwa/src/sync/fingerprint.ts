/**
 * What phone and server compare: per entity the number of records and the sum, modulo 2^48, of their fingerprints.
 * A fingerprint is CRC-32 of the UTF-8 text `entity id field=stamp field=stamp …`, fields sorted by name.
 */
import type { Change } from './answer.ts'

/** [records, sum of fingerprints modulo 2^48] */
export type Digest = Record<string, [number, number]>

const MODULUS = 2 ** 48
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1
  return crc
})
const encoder = new TextEncoder()

export function crc32(text: string): number {
  let crc = 0xffffffff
  for (const byte of encoder.encode(text)) crc = (TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

export function fingerprint(row: Pick<Change, 'entity' | 'id' | 'at' | 'stamps' | 'row'>): number {
  const stamped = Object.keys(row.row).sort()
  const fields = stamped.map((field) => ` ${field}=${row.stamps[field] ?? row.at}`)
  return crc32(`${row.entity} ${row.id}${fields.join('')}`)
}

/** Counts a record in (`sign` 1) or out (-1). Changes `digest`. */
export function count_in(digest: Digest, row: Change, sign: 1 | -1): void {
  const [records, sum] = digest[row.entity] ?? [0, 0]
  digest[row.entity] = [records + sign, (sum + sign * fingerprint(row) + MODULUS) % MODULUS]
}

export function same_digest(one: Digest, other: Digest): boolean {
  for (const entity of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const [records, sum] = one[entity] ?? [0, 0]
    const [other_records, other_sum] = other[entity] ?? [0, 0]
    if (records !== other_records || sum !== other_sum) return false
  }
  return true
}

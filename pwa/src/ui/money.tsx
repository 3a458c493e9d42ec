import { money } from './format.ts'

export const Money = ({ vnd }: { vnd: number }) => <span class="money">{money(vnd)}</span>

import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'

/** Stands in every heading once it is loaded: the loudspeaker, which the first screen does not wait for. */
export const heading_tool = signal<ComponentType | null>(null)
/** Stands beside it within a tab, once it is loaded: the help about that screen. */
export const help_tool = signal<ComponentType | null>(null)
/** Stands beside it where one sells, once it is loaded: the way to the board. */
export const sell_tool = signal<ComponentType | null>(null)

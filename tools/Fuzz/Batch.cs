using System;
using System.Collections.Generic;
using MailAppliance.Hal.Desktop.Simulated;
using MailAppliance.Tools.Fuzz.Inputs;
using MailAppliance.Tools.Fuzz.Targets;

namespace MailAppliance.Tools.Fuzz
{
    /// <summary>
    /// Feeds a target a run of inputs that follow from a seed, whatever ran before. It begins with the grammar's seeds; an input that makes
    /// something new happen is kept, and changed further.
    /// </summary>
    internal sealed class Batch
    {
        /// <summary>The invariant that a garbage collection of another thread may seem to break: it has to be broken each time.</summary>
        internal const string NothingAllocated = "nothing is allocated";

        private const int CorpusMax = 400;
        private const int Confirmations = 4;

        private readonly string _name;
        private readonly FuzzTarget _target;
        private readonly SeededRandom _random = new(0);
        private readonly FeatureMap _features = new();
        private readonly List<FuzzInput> _corpus = [];
        private readonly Mutator _mutator;

        /// <summary>Makes one; it can be run for one batch after another.</summary>
        /// <param name="name">The target's name.</param>
        internal Batch(string name)
        {
            _name = name;
            _target = TargetList.Make(name);
            _mutator = new Mutator(_random, _target.Grammar);
        }

        /// <summary>Inputs of a whole batch.</summary>
        internal int InputsMax
        {
            get { return _target.BatchInputs; }
        }

        /// <summary>Features that the last batch showed.</summary>
        internal int FeatureCount
        {
            get { return _features.SeenCount; }
        }

        /// <summary>Runs a batch.</summary>
        /// <param name="seed">The command's seed.</param>
        /// <param name="number">Which batch of the target, from 0.</param>
        /// <param name="count">How many of its inputs.</param>
        /// <param name="progress">Called after each; false ends it.</param>
        /// <returns>The first finding; null for none.</returns>
        internal Finding? Run(long seed, long number, int count, Func<bool> progress)
        {
            Begin(seed, number);
            for (int at = 0; at < count; at++)
            {
                FuzzInput input = NextInput(at);
                BrokenInvariantException? broken = Try(input);
                if (broken != null)
                {
                    return Found(broken, input, seed, (number * _target.BatchInputs) + at);
                }

                if (_features.End())
                {
                    Keep(input);
                }

                if (!progress())
                {
                    break;
                }
            }

            return null;
        }

        /// <summary>Feeds one input.</summary>
        /// <param name="input">The input.</param>
        /// <returns>What it broke; null for nothing.</returns>
        internal BrokenInvariantException? Try(FuzzInput input)
        {
            BrokenInvariantException? broken = Play(input);
            for (int again = 0; again < Confirmations && broken?.Invariant == NothingAllocated; again++)
            {
                broken = Play(input);
            }

            return broken;
        }

        private void Begin(long seed, long number)
        {
            long mixed = seed;
            foreach (char letter in _name)
            {
                mixed = (mixed * 31) + letter;
            }

            _random.Reset(mixed);
            _random.Reset(_random.NextInt64() + number);
            _features.Clear();
            _corpus.Clear();
        }

        private FuzzInput NextInput(int at)
        {
            IReadOnlyList<byte[]> seeds = _target.Grammar.Seeds;
            if (at < seeds.Count)
            {
                var seed = new FuzzInput(seeds[at], 0);
                _corpus.Add(seed);
                return seed;
            }

            // What was kept last leads further than what was kept long ago.
            int young = Math.Max(0, _corpus.Count - 40);
            int parent = _random.Chance(400) ? young + _random.Next(_corpus.Count - young) : _random.Next(_corpus.Count);
            return _mutator.Next(_corpus[parent], _corpus[_random.Next(_corpus.Count)]);
        }

        private void Keep(FuzzInput input)
        {
            if (input.Octets.Length > _target.Grammar.OctetsMax)
            {
                return;
            }

            if (_corpus.Count < CorpusMax)
            {
                _corpus.Add(input);
            }
            else
            {
                _corpus[_random.Next(CorpusMax)] = input;
            }
        }

        private BrokenInvariantException? Play(FuzzInput input)
        {
            _features.Begin();
            try
            {
                _target.Play(input, _features);
                return null;
            }
            catch (BrokenInvariantException broken)
            {
                return broken;
            }
#pragma warning disable CA1031 // Whatever the firmware throws is a finding.
            catch (Exception thrown)
#pragma warning restore CA1031
            {
                string place = thrown.StackTrace?.Split('\n')[0].Trim() ?? string.Empty;
                return new BrokenInvariantException($"no exception, {thrown.GetType().Name}", $"{thrown.Message} {place}");
            }
        }

        private Finding Found(BrokenInvariantException broken, FuzzInput input, long seed, long number)
        {
            FuzzInput small = Shrinker.Shrink(input, smaller => Try(smaller)?.Invariant == broken.Invariant);
            return new Finding
            {
                Target = _name,
                Seed = seed,
                Number = number,
                Invariant = broken.Invariant,
                What = Try(small)?.Message ?? broken.Message,
                Original = input,
                Input = small,
            };
        }
    }
}

using System;
using System.Diagnostics;
using System.Threading;

namespace MailAppliance.Tools.Torture
{
    /// <summary>Makes runs of one seed after another, in several threads, until there are enough or one has broken a promise.</summary>
    internal sealed class Torturer
    {
        private readonly TortureOptions _options;
        private readonly Lock _lock = new();
        private long _begun;
        private long _ended;
        private Failure? _failure;

        /// <summary>Makes it.</summary>
        internal Torturer(TortureOptions options)
        {
            _options = options;
        }

        /// <summary>Runs that have ended.</summary>
        internal long Ended
        {
            get { return Interlocked.Read(ref _ended); }
        }

        /// <summary>The first promise that was broken, of the lowest seed where several threads found one; null for none.</summary>
        internal Failure? Failure
        {
            get
            {
                lock (_lock)
                {
                    return _failure;
                }
            }
        }

        /// <summary>What all runs came to.</summary>
        internal Totals Totals { get; } = new();

        /// <summary>How long they took.</summary>
        internal TimeSpan Elapsed { get; private set; }

        /// <summary>Makes the runs.</summary>
        /// <param name="tick">Called a few times a second meanwhile.</param>
        internal void Run(Action tick)
        {
            var watch = Stopwatch.StartNew();
            var threads = new Thread[_options.Threads];
            for (int at = 0; at < threads.Length; at++)
            {
                threads[at] = new Thread(() => Work(watch));
                threads[at].Start();
            }

            foreach (Thread thread in threads)
            {
                while (!thread.Join(250))
                {
                    tick();
                }
            }

            tick();
            Elapsed = watch.Elapsed;
        }

        /// <summary>Makes runs in this thread, until one has broken a promise.</summary>
        /// <param name="firstSeed">The first run's seed.</param>
        /// <param name="runs">The most runs.</param>
        /// <param name="cutsEach">1, or 2 for a second cut in the recovery behind each.</param>
        /// <returns>What was broken, with the seed; null where nothing was.</returns>
        internal static string? FirstFailure(long firstSeed, int runs, int cutsEach)
        {
            return FirstFailure(new TortureRun(cutsEach), firstSeed, runs);
        }

        /// <summary>The same, by somebody's own run.</summary>
        internal static string? FirstFailure(TortureRun run, long firstSeed, int runs)
        {
            for (long seed = firstSeed; seed < firstSeed + runs; seed++)
            {
                Failure? failure = run.Run(seed);
                if (failure != null)
                {
                    return $"seed {seed}, run {seed - firstSeed + 1}, event {failure.AtEvent}: {failure.Promise}: {failure.What}";
                }
            }

            return null;
        }

        private void Work(Stopwatch watch)
        {
            var run = new TortureRun(_options.CutsEach);
            while (Failure == null && watch.Elapsed < _options.Time)
            {
                long number = Interlocked.Increment(ref _begun);
                if (number > _options.Runs)
                {
                    break;
                }

                Failure? failure = run.Run(_options.Seed + number - 1);
                Interlocked.Increment(ref _ended);
                if (failure != null)
                {
                    Keep(failure);
                }
            }

            lock (_lock)
            {
                Totals.Add(run.Totals);
            }
        }

        private void Keep(Failure failure)
        {
            lock (_lock)
            {
                _failure = _failure == null || failure.Seed < _failure.Seed ? failure : _failure;
            }
        }
    }
}

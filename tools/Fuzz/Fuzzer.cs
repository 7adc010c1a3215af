using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using MailAppliance.Tools.Fuzz.Targets;

namespace MailAppliance.Tools.Fuzz
{
    /// <summary>Runs batches of all targets in several threads, until there are enough. A target that has a finding gets no more.</summary>
    internal sealed class Fuzzer
    {
        private readonly FuzzOptions _options;
        private readonly Lock _lock = new();
        private readonly Dictionary<string, TargetProgress> _progress;
        private readonly long _inputs;
        private long _done;

        /// <summary>Makes it.</summary>
        internal Fuzzer(FuzzOptions options)
        {
            _options = options;
            _inputs = options.Inputs;
            int shares = options.Targets.Sum(TargetList.ShareOf);
            _progress = options.Targets.ToDictionary(
                name => name, name => new TargetProgress { Share = TargetList.ShareOf(name) / (double)shares });
        }

        /// <summary>Inputs fed so far.</summary>
        internal long Done
        {
            get { return Interlocked.Read(ref _done); }
        }

        /// <summary>How long it took.</summary>
        internal TimeSpan Elapsed { get; private set; }

        /// <summary>What each target came to.</summary>
        internal IReadOnlyDictionary<string, TargetProgress> Progress
        {
            get { return _progress; }
        }

        /// <summary>The first finding of each target that has one.</summary>
        internal IEnumerable<Finding> Findings
        {
            get { return _progress.Values.Where(target => target.Finding != null).Select(target => target.Finding!); }
        }

        /// <summary>Runs.</summary>
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

        /// <summary>Feeds a target's first inputs in this thread.</summary>
        /// <param name="target">Its name.</param>
        /// <param name="seed">The seed.</param>
        /// <param name="inputs">How many.</param>
        /// <returns>The first finding in words; null for none.</returns>
        internal static string? FirstFinding(string target, long seed, int inputs)
        {
            var batch = new Batch(target);
            Finding? finding = null;
            for (long number = 0; number * batch.InputsMax < inputs && finding == null; number++)
            {
                finding = batch.Run(seed, number, (int)Math.Min(batch.InputsMax, inputs - (number * batch.InputsMax)), () => true);
            }

            return finding?.ToString();
        }

        private void Work(Stopwatch watch)
        {
            var batches = new Dictionary<string, Batch>();
            while (watch.Elapsed < _options.Time && Next(batches, out string name, out long number, out int count))
            {
                int done = 0;
                Finding? finding = batches[name].Run(_options.Seed, number, count, () =>
                {
                    done++;
                    if ((done & 255) == 0)
                    {
                        Interlocked.Add(ref _done, 256);
                        return watch.Elapsed < _options.Time;
                    }

                    return true;
                });
                Interlocked.Add(ref _done, done & 255);
                lock (_lock)
                {
                    TargetProgress progress = _progress[name];
                    progress.Done += done;
                    progress.FeaturesMax = Math.Max(progress.FeaturesMax, batches[name].FeatureCount);
                    progress.Finding = finding == null || progress.Finding?.Number < finding.Number ? progress.Finding : finding;
                }
            }
        }

        // The target that has got least of its share.
        private bool Next(Dictionary<string, Batch> batches, out string name, out long number, out int count)
        {
            lock (_lock)
            {
                name = string.Empty;
                number = 0;
                count = 0;
                double least = double.MaxValue;
                foreach ((string candidate, TargetProgress progress) in _progress)
                {
                    if (progress.Finding == null && progress.Given < Most(progress) && progress.Given / progress.Share < least)
                    {
                        least = progress.Given / progress.Share;
                        name = candidate;
                    }
                }

                if (name.Length == 0)
                {
                    return false;
                }

                if (!batches.TryGetValue(name, out Batch? batch))
                {
                    batch = new Batch(name);
                    batches.Add(name, batch);
                }

                TargetProgress chosen = _progress[name];
                number = chosen.Given / batch.InputsMax;
                count = (int)Math.Min(batch.InputsMax, Most(chosen) - chosen.Given);
                chosen.Given += count;
                return true;
            }
        }

        private long Most(TargetProgress progress)
        {
            return _inputs == long.MaxValue ? long.MaxValue : (long)Math.Ceiling(_inputs * progress.Share);
        }
    }
}

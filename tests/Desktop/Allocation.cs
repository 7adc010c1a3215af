using System;

namespace MailAppliance.Tests
{
    /// <summary>Measures what code allocates.</summary>
    internal static class Allocation
    {
        /// <summary>Runs an action often, and tells what the thriftiest run allocated on this thread.</summary>
        /// <remarks>
        /// The first runs fill tables of the library and are compiled on the way. A collection that some other thread starts during a run adds
        /// the rest of this thread's allocation buffer to its figure, so that a single run proves nothing.
        /// </remarks>
        internal static long Least(Action action)
        {
            long least = long.MaxValue;
            for (int run = 0; run < 50; run++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                action();
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            return least;
        }
    }
}

namespace MailAppliance.Hal.Desktop
{
    /// <summary>The one call that looks at all sockets together.</summary>
    internal abstract class SocketWatch
    {
        /// <summary>
        /// Looks at every socket that wants input or room, and notes on each what was found. Allocates nothing once it has seen
        /// as many sockets before.
        /// </summary>
        /// <param name="sockets">The network's table.</param>
        /// <param name="count">How many there are.</param>
        /// <param name="milliseconds">The longest wait for the first of them; 0 returns at once.</param>
        /// <returns>False where there is nothing to look for, and no time has passed.</returns>
        internal abstract bool Look(WatchedSocket[] sockets, int count, int milliseconds);
    }
}

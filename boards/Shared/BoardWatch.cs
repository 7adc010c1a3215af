using System;
using System.Threading;
using MailAppliance.Hal.Nano;
using nanoFramework.Runtime.Native;

namespace MailAppliance.Boards
{
    /// <summary>The one thread beside the loop's: looks every few seconds whether the loop still turns, and after the network.</summary>
    /// <remarks>
    /// A native call that never returned would hold this thread up too: the platform gives no managed access to the chip's own
    /// watchdog. What it sees is a loop that turns in circles, or waits.
    /// </remarks>
    internal sealed class BoardWatch
    {
        private const int LookMilliseconds = 5000;

        /// <summary>
        /// Looks, one after the other, that find no turn since the one before: 60 seconds, or a little more where the network holds
        /// one up. Looks and not a time, since a card that takes long over one call holds up both threads, and this one may wake first.
        /// </summary>
        private const int StillLooksMax = 12;

        private readonly NanoHost _host;
        private readonly NetworkWatch _network;
        private int _turnsSeen;
        private int _stillLooks;

        internal BoardWatch(NanoHost host, NetworkWatch network)
        {
            _host = host;
            _network = network;
        }

        /// <summary>Starts the thread.</summary>
        internal void Start()
        {
            new Thread(Run).Start();
        }

        private void Run()
        {
            while (true)
            {
                LookAtLoop();
                try
                {
                    _network.Look();
                }
                catch (Exception error)
                {
                    Console.WriteLine("warning network: " + error.GetType().FullName + " " + error.Message);
                }

                Thread.Sleep(LookMilliseconds);
            }
        }

        private void LookAtLoop()
        {
            if (!_host.IsTurning || _host.Turns != _turnsSeen)
            {
                _turnsSeen = _host.Turns;
                _stillLooks = 0;
                return;
            }

            _stillLooks++;
            if (_stillLooks >= StillLooksMax)
            {
                Console.WriteLine("error   the loop stands still, the board restarts");
                RestartFile.Write(StartCause.Standstill, "the loop stood still for a minute");
                Power.RebootDevice();
            }
        }
    }
}

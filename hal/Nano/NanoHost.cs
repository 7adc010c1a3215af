using System;
using System.IO;
using System.Threading;
using MailAppliance.Configuration;
using MailAppliance.Store;

namespace MailAppliance.Hal.Nano
{
    /// <summary>
    /// Runs the appliance on a board for ever: reads the configuration, makes the parts, turns the loop. What goes wrong is printed,
    /// at once and then each minute, since whoever connects a cable comes later. A board that can do more about it overrides the
    /// protected members.
    /// </summary>
    public class NanoHost : IStoreProgress
    {
        private const int SecondMilliseconds = 1000;
        private const int MinuteMilliseconds = 60000;

        // The firmware's CRC-32 keeps offset and size in 16 bits with a sign; a little is left for what stands in front of a buffer.
        private const int ChecksumOctetsMax = (31 * 1024) + 512;

        // What is left of the heap beside the plan: sockets, their addresses, log lines.
        private const int SpareOctets = 4 * 1024;

        private const int GiveBackMilliseconds = 20;

        private const string WhatToLower = ": lower smtp-slots, pop3-slots or messages";

        private readonly string _configurationPath;
        private readonly ICard _card;
        private readonly NanoClock _clock = new NanoClock();
        private ConfigurationDefaults _defaults;
        private long _freeOctets;
        private int _shownTenths;
        private int _turns;
        private bool _hasTurned;

        /// <summary>Makes a host; touches nothing yet.</summary>
        /// <param name="configurationPath">The configuration file, for example <c>I:\appliance.ini</c>; null where <see cref="FindConfiguration"/> says.</param>
        /// <param name="defaults">What the board takes where the file says nothing; the large profile is what suits every board; let go once the file is read.</param>
        /// <param name="card">The card.</param>
        public NanoHost(string configurationPath, ConfigurationDefaults defaults, ICard card)
        {
            _configurationPath = configurationPath;
            _defaults = defaults;
            _card = card;
        }

        /// <summary>Turns of the loop, pieces of formatting among them; wraps. Whoever watches it sees whether the loop still turns.</summary>
        public int Turns
        {
            get { return _turns; }
        }

        /// <summary>Whether the loop turns: the start is over.</summary>
        public bool IsTurning { get; private set; }

        /// <summary>Whether the appliance starts without a card, and waits for one.</summary>
        protected virtual bool WaitsForCard
        {
            get { return false; }
        }

        /// <summary>Runs; never returns.</summary>
        public void Run()
        {
            string reason = null;
            bool isFault = false;
            try
            {
                _freeOctets = PrintHeap();
                reason = Serve();
            }
            catch (Exception error)
            {
                isFault = true;
                reason = Describe(error);
            }

            IsTurning = false;
            _card.Close();
            Stopped(reason, isFault);
        }

        /// <inheritdoc/>
        public void Formatted(int doneBlocks, int blockCount)
        {
            _turns++;
            int tenths = (int)(10L * doneBlocks / blockCount);
            if (tenths != _shownTenths)
            {
                _shownTenths = tenths;
                Console.WriteLine("notice  formatting the ring: " + (10 * tenths).ToString() + " %");
            }
        }

        /// <summary>Called first of all.</summary>
        protected virtual void Begin()
        {
        }

        /// <summary>Finds the configuration; called once, at the start.</summary>
        /// <returns>The file's path.</returns>
        protected virtual string FindConfiguration()
        {
            return _configurationPath;
        }

        /// <summary>Makes the board's TLS; called once, before the appliance is made.</summary>
        /// <param name="settings">The configuration.</param>
        /// <returns>TLS; null where the board has none, or where nothing asks for it.</returns>
        protected virtual NanoTls MakeTls(ApplianceSettings settings)
        {
            return null;
        }

        /// <summary>Called once, before the appliance starts.</summary>
        /// <param name="appliance">The appliance.</param>
        /// <param name="settings">Its configuration.</param>
        protected virtual void Starting(Appliance appliance, ApplianceSettings settings)
        {
        }

        /// <summary>Makes the place where log lines go; called once, before <see cref="Starting"/>.</summary>
        /// <param name="severityMax">The most that is written, one of <see cref="LogSeverity"/>.</param>
        /// <returns>The log.</returns>
        protected virtual ILog MakeLog(int severityMax)
        {
            return new ConsoleLog(severityMax);
        }

        /// <summary>Called where a turn had nothing to do, before the rest; must not wait.</summary>
        protected virtual void Idle()
        {
        }

        /// <summary>Called once a second while the loop turns; must not wait.</summary>
        /// <param name="network">The network.</param>
        protected virtual void Look(NanoNetwork network)
        {
        }

        /// <summary>The appliance can't start, or has ended in an exception; the card is closed.</summary>
        /// <param name="reason">Why, in words for a person.</param>
        /// <param name="isFault">Whether it was an exception.</param>
        protected virtual void Stopped(string reason, bool isFault)
        {
            // What was answered 250 is on the card. A fault may not come again, unless it came at the start: then its reason stays to be read.
            while (true)
            {
                Console.WriteLine("error   stopped: " + reason);
                PrintHeap();
                Thread.Sleep(MinuteMilliseconds);
                if (isFault && _hasTurned)
                {
                    nanoFramework.Runtime.Native.Power.RebootDevice();
                }
            }
        }

        /// <summary>Serves until the end of days.</summary>
        /// <returns>Why it can't start.</returns>
        private string Serve()
        {
            Begin();
            ApplianceSettings settings = Settings(out string refusal);
            if (refusal != null)
            {
                return refusal;
            }

            GiveBack();
            NanoNetwork network = new NanoNetwork();
            network.Tls = MakeTls(settings);
            Appliance appliance = new Appliance(
                settings, network, _card, _clock, new NanoEntropy(), new NanoChecksum(), new NanoKeyedHash(), MakeLog(settings.LogSeverityMax));
            appliance.WaitsForCard = WaitsForCard;
            Starting(appliance, settings);
            int status = appliance.Start(this);
            if (status != ApplianceStatus.Running)
            {
                return StartText.Failure(status, appliance, settings);
            }

            string warning = appliance.CardWatch.IsGone ? null : StartText.Warning(appliance.Opening, settings, _card.BlockCount);
            if (warning != null)
            {
                Console.WriteLine("warning " + warning);
            }

            appliance.ForgetOpening();
            Console.WriteLine("notice  SMTP at " + settings.SmtpAddress + ":" + appliance.SmtpPort.ToString()
                + ", POP3 at " + settings.Pop3Address + ":" + appliance.Pop3Port.ToString());
            GiveBack();
            PrintHeap();
            Turn(appliance, network);
            return null;
        }

        // On its own, so that the file, its reader and the plan are gone before the buffers are made: what a method that never
        // returns has in a local stays in RAM for ever.
        private ApplianceSettings Settings(out string refusal)
        {
            refusal = null;
            string path = FindConfiguration();
            if (!File.Exists(path))
            {
                refusal = "there is no " + path;
                return null;
            }

            byte[] file = File.ReadAllBytes(path);
            ConfigurationReader reader = new ConfigurationReader(Defaults());
            ApplianceSettings settings = reader.Read(file, 0, file.Length);
            if (settings == null)
            {
                refusal = path + ", " + reader.Error.ToString();
                return null;
            }

            MemoryPlan plan = new MemoryPlan(settings);
            Print(plan);
            refusal = StartText.Refusal(plan, settings);
            refusal = refusal != null ? refusal : StartText.BufferRefusal(settings, ChecksumOctetsMax);
            refusal = refusal != null ? refusal : HeapRefusal(plan);
            return settings;
        }

        // Once: what has been read needs them no more.
        private ConfigurationDefaults Defaults()
        {
            ConfigurationDefaults defaults = _defaults;
            _defaults = null;

            // 16 sockets: these, two that listen, and two that are being seen off.
            defaults.Large = "record 16K|read 16K|messages 4096|smtp-slots 6|pop3-slots 4|waiting 1";
            return defaults;
        }

        // What files that were read leave behind is given back by a thread of the platform's, which has to have its turn.
        private static void GiveBack()
        {
            nanoFramework.Runtime.Native.GC.Run(true);
            Thread.Sleep(GiveBackMilliseconds);
        }

        // Of what was free at the start: the configuration that was read since is in the plan.
        private string HeapRefusal(MemoryPlan plan)
        {
            long needed = plan.TotalOctets - MemoryPlan.ConstantOctets + SpareOctets;
            return needed <= _freeOctets ? null
                : "memory: " + needed.ToString() + " octets are needed, and " + _freeOctets.ToString() + " are free" + WhatToLower;
        }

        private void Turn(Appliance appliance, NanoNetwork network)
        {
            long look = _clock.MonotonicMilliseconds + SecondMilliseconds;
            int looks = 0;
            IsTurning = true;
            _hasTurned = true;
            while (true)
            {
                _turns++;
                if (!appliance.Poll())
                {
                    Idle();
                    network.Wait(appliance.RestMilliseconds);
                }

                long now = _clock.MonotonicMilliseconds;
                if (now < look)
                {
                    continue;
                }

                look = now + SecondMilliseconds;
                Look(network);
                looks++;
                if (looks == MinuteMilliseconds / SecondMilliseconds)
                {
                    looks = 0;
                    PrintMinute(appliance);
                }
            }
        }

        private static void PrintMinute(Appliance appliance)
        {
            PrintHeap();
            if (appliance.CardWatch.Trouble != null)
            {
                Console.WriteLine("error   no mail is taken: " + appliance.CardWatch.Trouble);
            }
        }

        private static void Print(MemoryPlan plan)
        {
            for (int row = 0; row < plan.RowCount; row++)
            {
                Console.WriteLine("memory  " + plan.NameAt(row) + ": " + plan.CountAt(row).ToString() + " x " + plan.OctetsAt(row).ToString());
            }

            Console.WriteLine("memory  total: " + plan.TotalOctets.ToString());
        }

        private static long PrintHeap()
        {
            long free = nanoFramework.Runtime.Native.GC.Run(true);
            Console.WriteLine("memory  free heap: " + free.ToString());
            return free;
        }

        private string Describe(Exception error)
        {
            try
            {
                return (!IsTurning && error is OutOfMemoryException ? "memory: there is too little to start" + WhatToLower + "\n" : "")
                    + error.GetType().FullName + ": " + error.Message + "\n" + error.StackTrace;
            }
            catch (Exception)
            {
                // What was wrong leaves no room for words.
                return "out of memory";
            }
        }
    }
}

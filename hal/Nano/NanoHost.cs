using System;
using System.IO;
using System.Threading;
using MailAppliance.Configuration;
using MailAppliance.Store;

namespace MailAppliance.Hal.Nano
{
    /// <summary>
    /// Runs the appliance on a board for ever: reads the configuration, makes the parts, turns the loop. What goes wrong is printed,
    /// at once and then each minute, since whoever connects a cable comes later.
    /// </summary>
    public sealed class NanoHost : IStoreProgress
    {
        private const int MinuteMilliseconds = 60000;

        // The firmware's CRC-32 keeps offset and size in 16 bits with a sign; a little is left for what stands in front of a buffer.
        private const int ChecksumOctetsMax = (31 * 1024) + 512;

        // What is left of the heap beside the plan: sockets, their addresses, log lines.
        private const int SpareOctets = 4 * 1024;

        private readonly string _configurationPath;
        private readonly ConfigurationDefaults _defaults;
        private readonly ICard _card;
        private readonly NanoClock _clock = new NanoClock();
        private int _shownTenths;

        /// <summary>Makes a host; touches nothing yet.</summary>
        /// <param name="configurationPath">The configuration file, for example <c>I:\appliance.ini</c>.</param>
        /// <param name="defaults">What the board takes where the file says nothing; kept, and filled up with what suits every board.</param>
        /// <param name="card">The card.</param>
        public NanoHost(string configurationPath, ConfigurationDefaults defaults, ICard card)
        {
            _configurationPath = configurationPath;
            _defaults = defaults;
            defaults.LargeRecord = defaults.LargeRecord == null ? "16K" : defaults.LargeRecord;
            defaults.LargeRead = defaults.LargeRead == null ? "16K" : defaults.LargeRead;
            defaults.LargeMessages = defaults.LargeMessages == null ? "4096" : defaults.LargeMessages;
            _card = card;
        }

        /// <summary>Runs; never returns. The network must be up.</summary>
        public void Run()
        {
            string reason;
            try
            {
                PrintHeap();
                reason = Serve();
            }
            catch (Exception error)
            {
                reason = Describe(error);
            }

            // Nothing is retried: what was answered 250 is on the card, and the reason stays to be read.
            _card.Close();
            while (true)
            {
                Console.WriteLine("error   stopped: " + reason);
                PrintHeap();
                Thread.Sleep(MinuteMilliseconds);
            }
        }

        /// <inheritdoc/>
        public void Formatted(int doneBlocks, int blockCount)
        {
            int tenths = (int)(10L * doneBlocks / blockCount);
            if (tenths != _shownTenths)
            {
                _shownTenths = tenths;
                Console.WriteLine("notice  formatting the ring: " + (10 * tenths).ToString() + " %");
            }
        }

        /// <summary>Serves until the end of days.</summary>
        /// <returns>Why it can't start.</returns>
        private string Serve()
        {
            ApplianceSettings settings = Settings(out string refusal);
            if (refusal != null)
            {
                return refusal;
            }

            NanoNetwork network = new NanoNetwork();
            Appliance appliance = new Appliance(
                settings, network, _card, _clock, new NanoEntropy(), new NanoChecksum(), new NanoKeyedHash(), new ConsoleLog(settings.LogSeverityMax));
            int status = appliance.Start(this);
            if (status != ApplianceStatus.Running)
            {
                return StartText.Failure(status, appliance, settings);
            }

            string warning = StartText.Warning(appliance.Opening, settings, _card.BlockCount);
            if (warning != null)
            {
                Console.WriteLine("warning " + warning);
            }

            Console.WriteLine("notice  SMTP at " + settings.SmtpAddress + ":" + appliance.SmtpPort.ToString()
                + ", POP3 at " + settings.Pop3Address + ":" + appliance.Pop3Port.ToString());
            PrintHeap();
            Turn(appliance, network);
            return null;
        }

        // On its own, so that the file, its reader and the plan are gone before the buffers are made: what a method that never
        // returns has in a local stays in RAM for ever.
        private ApplianceSettings Settings(out string refusal)
        {
            refusal = null;
            if (!File.Exists(_configurationPath))
            {
                refusal = "there is no " + _configurationPath;
                return null;
            }

            byte[] file = File.ReadAllBytes(_configurationPath);
            ConfigurationReader reader = new ConfigurationReader(_defaults);
            ApplianceSettings settings = reader.Read(file, 0, file.Length);
            if (settings == null)
            {
                refusal = _configurationPath + ", " + reader.Error.ToString();
                return null;
            }

            MemoryPlan plan = new MemoryPlan(settings);
            Print(plan);
            refusal = StartText.Refusal(plan, settings);
            refusal = refusal != null ? refusal : StartText.BufferRefusal(settings, ChecksumOctetsMax);
            refusal = refusal != null ? refusal : HeapRefusal(plan);
            return settings;
        }

        private static string HeapRefusal(MemoryPlan plan)
        {
            long free = nanoFramework.Runtime.Native.GC.Run(true);
            long needed = plan.TotalOctets - MemoryPlan.ConstantOctets + SpareOctets;
            return needed <= free ? null
                : "memory: " + needed.ToString() + " octets are needed, and " + free.ToString() + " are free: lower smtp-slots, pop3-slots or messages";
        }

        private void Turn(Appliance appliance, NanoNetwork network)
        {
            long next = _clock.MonotonicMilliseconds + MinuteMilliseconds;
            while (true)
            {
                if (!appliance.Poll())
                {
                    network.Wait(appliance.RestMilliseconds);
                }

                if (_clock.MonotonicMilliseconds >= next)
                {
                    next += MinuteMilliseconds;
                    PrintHeap();
                }
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

        private static void PrintHeap()
        {
            Console.WriteLine("memory  free heap: " + nanoFramework.Runtime.Native.GC.Run(true).ToString());
        }

        private static string Describe(Exception error)
        {
            return error.GetType().FullName + ": " + error.Message + "\n" + error.StackTrace;
        }
    }
}

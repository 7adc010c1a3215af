using System;
using System.Buffers.Text;
using MailAppliance.Tools.Torture.Model;
using MailAppliance.Tools.Torture.World;

namespace MailAppliance.Tools.Torture.Clients
{
    /// <summary>Reads the appliance's log as it is written: which mail is stored, which is dropped, and who opens a maildrop.</summary>
    internal sealed class LogReader
    {
        private const int UniqueIdDigits = 16;

        private readonly Stage _stage;
        private readonly Predicate<SentMail> _isSeen;

        /// <summary>Makes it.</summary>
        internal LogReader(Stage stage)
        {
            _stage = stage;
            _isSeen = IsSeen;
        }

        /// <summary>Sessions are those of a check: they open a maildrop while nothing is dropped.</summary>
        internal bool IsChecking { get; set; }

        /// <summary>Takes a line.</summary>
        internal void Take(ReadOnlySpan<byte> line)
        {
            DropRule drops = _stage.Ledger.Drops;
            if (TakeWords(ref line, "store: dropped "u8))
            {
                if (!_stage.Devices.HadSessions)
                {
                    drops.AllClosed();
                }

                drops.Heard(UniqueIdOf(line), _stage.Trail.Event, _stage.Devices.Turns, _isSeen);
            }
            else if (drops.IsOn && TakeWords(ref line, "smtp: stored "u8))
            {
                int name = line.IndexOf("<d"u8) + 2;
                bool isOurs = Utf8Parser.TryParse(line.Slice(name), out int transaction, out _);
                _stage.Ledger.Stored(isOurs ? transaction : 0, UniqueIdOf(line), _stage.Devices.Turns);
            }
            else if (drops.IsOn && !IsChecking && TakeWords(ref line, "pop3: opened "u8))
            {
                for (int name = 0; name < Layouts.Names.Length; name++)
                {
                    if (IsName(line, Layouts.Names[name]))
                    {
                        drops.Opened(name, _stage.Devices.Turns);
                    }
                }
            }
            else if (TakeWords(ref line, "card: gone"u8))
            {
                _stage.Ledger.CardGoes(_stage.Trail.Event);
            }
        }

        private static bool TakeWords(ref ReadOnlySpan<byte> line, ReadOnlySpan<byte> words)
        {
            if (!line.StartsWith(words))
            {
                return false;
            }

            line = line.Slice(words.Length);
            return true;
        }

        private static ulong UniqueIdOf(ReadOnlySpan<byte> line)
        {
            return Utf8Parser.TryParse(line.Slice(0, UniqueIdDigits), out ulong uniqueId, out int taken, 'X') && taken == UniqueIdDigits
                ? uniqueId
                : throw new BrokenPromiseException(Promise.NumbersAreRight, "a unique-id in the log that is none");
        }

        private static bool IsName(ReadOnlySpan<byte> line, string name)
        {
            if (line.Length <= name.Length || line[name.Length] != ',')
            {
                return false;
            }

            for (int at = 0; at < name.Length; at++)
            {
                if (line[at] != name[at])
                {
                    return false;
                }
            }

            return true;
        }

        private bool IsSeen(SentMail mail)
        {
            foreach (Client client in _stage.Clients)
            {
                if (client is Pop3Reader reader && reader.Sees(mail))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
